/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo-history.h"

#include "backend/features/conversations/conversation.h"
#include "demo-phrases.h"
#include "protocol/error.h"
#include "protocol/records/read-mark.h"
#include "protocol/records/visitor.h"

#include <math.h>

#define MINUTE G_GINT64_CONSTANT (60000)
#define DAY    (24 * 60 * MINUTE)
#define SPAN   (730 * DAY)
/* What began in these days is mostly still open; of the rest a few were forgotten. */
#define FRESH  (3 * DAY)
/* One conversation in so many never ends: a regular customer with thousands of messages. */
#define ENDLESS_IN    20000
#define ENDLESS_SIZE  5000

typedef struct _Talk Talk;

typedef struct
{
  CfVisitor *record; /* NULL until they come */
  const CfdDemoLanguage *language;
  Talk *open;
} Person;

/* One conversation on its way, or only the coming of a visitor. */
struct _Talk
{
  gint64 at; /* of what happens next */
  guint number;
  Person *person;
  guint left; /* texts and notes to come */
  gboolean ends, endless;
  CfdDemoRandom random;
  CfConversation *record; /* NULL before its first words */
  CfdCaller *visitor;
  const CfdCaller *agent;
  CfReadMark *marks[2]; /* nullable: the visitor's, the agent's */
};

typedef struct
{
  CfdDemoPlan *plan;
  CfdDemoStore *store;
  Person *people;
  GTree *agenda; /* of Talk, what happens next first */
  guint n_done;
} History;

static int
compare_talks (gconstpointer a, gconstpointer b, gpointer data)
{
  const Talk *left = a, *right = b;

  if (left->at != right->at)
    return left->at < right->at ? -1 : 1;
  return (left->number > right->number) - (left->number < right->number);
}

static void
talk_free (gpointer data)
{
  Talk *talk = data;

  g_clear_pointer (&talk->record, cf_struct_unref);
  g_clear_pointer (&talk->visitor, cfd_caller_unref);
  for (guint i = 0; i < G_N_ELEMENTS (talk->marks); i++)
    g_clear_pointer (&talk->marks[i], cf_struct_unref);
  g_free (talk);
}

/* More in the later months, and by day. */
static gint64
begin_time (const CfdDemoPlan *plan, CfdDemoRandom *random)
{
  gint64 at = plan->now - SPAN + (gint64) (sqrt (cfd_demo_random_unit (random)) * SPAN);
  double hour = 6 + 8 * (cfd_demo_random_unit (random) + cfd_demo_random_unit (random));

  return MIN (at / DAY * DAY + (gint64) (hour * 60 * MINUTE), plan->now - MINUTE);
}

/* Many short ones, few long ones, and together exactly what was asked for. */
static guint *
share_out (const CfdDemoPlan *plan, CfdDemoRandom *random)
{
  guint n = plan->n_conversations, spare = plan->n_messages - n;
  guint n_endless = spare >= 10 * ENDLESS_SIZE ? 1 + n / ENDLESS_IN : 0;
  guint *sizes = g_new (guint, n);
  g_autofree double *weights = g_new (double, n);
  double sum = 0, so_far = 0;

  n_endless = MIN (n_endless, spare / 5 / ENDLESS_SIZE);
  for (guint i = 0; i < n; i++)
    {
      double normal = sqrt (2 * cfd_demo_random_waiting (random, 1)) * cos (2 * G_PI * cfd_demo_random_unit (random));

      sum += weights[i] = exp (1.1 * normal);
      sizes[i] = 1;
    }
  for (guint i = 0; i < n_endless; i++)
    sizes[cfd_demo_random_below (random, n)] += ENDLESS_SIZE;
  spare -= n_endless * ENDLESS_SIZE;
  for (guint i = 0; i < n; i++)
    {
      double before = floor (so_far);

      so_far += weights[i] / sum * spare;
      sizes[i] += i + 1 < n ? floor (so_far) - before : spare - before;
    }
  return sizes;
}

static void
add_talk (History *history, guint number, guint who, guint size, CfdDemoRandom *random)
{
  Talk *talk = g_new0 (Talk, 1);
  gboolean fresh;

  talk->number = number;
  talk->person = &history->people[who];
  talk->left = size;
  talk->at = begin_time (history->plan, random);
  talk->endless = size >= ENDLESS_SIZE;
  fresh = history->plan->now - talk->at < FRESH;
  talk->ends = !talk->endless && cfd_demo_random_chance (random, fresh ? 45 : 99.6);
  cfd_demo_random_init (&talk->random, history->plan->seed, number + 1);
  g_tree_insert (history->agenda, talk, talk);
}

/* Who talks when, and how much. Some come back; some never say a word. */
static void
make_agenda (History *history)
{
  CfdDemoPlan *plan = history->plan;
  CfdDemoRandom random;
  g_autofree guint *sizes = NULL;
  guint n_met = 0;

  cfd_demo_random_init (&random, plan->seed, 0);
  sizes = share_out (plan, &random);
  for (guint i = 0; i < plan->n_conversations; i++)
    {
      gboolean comes_back = n_met >= plan->n_visitors || (n_met > 10 && cfd_demo_random_chance (&random, 15));
      guint who = comes_back ? cfd_demo_random_below (&random, n_met) : n_met++;

      add_talk (history, i, who, sizes[i], &random);
    }
  for (guint i = plan->n_conversations; n_met < plan->n_visitors; i++)
    add_talk (history, i, n_met++, 0, &random);
}

static CfVisitor *
new_visitor (const History *history, Talk *talk)
{
  CfVisitor *visitor = cf_struct_new (&cf_visitor_shape);
  CfdDemoRandom *random = &talk->random;
  guint site = MIN (cfd_demo_random_below (random, 10) / 6 + cfd_demo_random_below (random, 10) / 9, history->plan->n_sites - 1);

  visitor->parent.id = cfd_demo_random_id (random, talk->at);
  visitor->parent.organisation_id = g_strdup (history->plan->agents[0]->organisation_id);
  visitor->site_id = g_strdup (history->plan->sites[site]);
  if (talk->left == 0 || cfd_demo_random_chance (random, 75))
    visitor->name = cfd_demo_name (talk->person->language, random);
  if (visitor->name != NULL && cfd_demo_random_chance (random, 60))
    visitor->email = cfd_demo_address (random);
  visitor->address = g_strdup_printf ("192.0.2.%u", cfd_demo_random_below (random, 256));
  visitor->locale = g_strdup (talk->person->language->locale);
  /* of a secret that nobody has */
  visitor->secret_hash = g_strdup_printf ("%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x",
                                          cfd_demo_random_next (random), cfd_demo_random_next (random), cfd_demo_random_next (random),
                                          cfd_demo_random_next (random));
  visitor->created_at = talk->at;
  return visitor;
}

static gboolean
put_event (History *history, Talk *talk, CfMessageEvent event, gint64 at, gint64 id_time, GError **error)
{
  g_autofree char *id = cfd_demo_random_id (&talk->random, id_time);
  g_autoptr (CfMessage) message = cfd_conversation_new_event (talk->record, id, event, talk->agent, history->plan->rev, at);

  if (event == CF_MESSAGE_EVENT_ASSIGNED)
    {
      message->target_id = g_strdup (talk->record->assignee_id);
      message->target_name = g_strdup (talk->record->assignee_name);
    }
  return cfd_demo_store_put (history->store, message, history->plan->rev, error);
}

/* The conversation as it has become, with who has read how far. */
static gboolean
put_talk (History *history, Talk *talk, GError **error)
{
  if (!cfd_demo_store_put (history->store, talk->record, CF_RECORD (talk->record)->rev, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (talk->marks); i++)
    if (talk->marks[i] != NULL && !cfd_demo_store_put (history->store, talk->marks[i], CF_RECORD (talk->marks[i])->rev, error))
      return FALSE;
  return TRUE;
}

static gboolean
close_talk (History *history, Talk *talk, gint64 at, GError **error)
{
  history->plan->rev++;
  cfd_conversation_close (talk->record, at);
  CF_RECORD (talk->record)->rev = history->plan->rev;
  talk->person->open = NULL;
  return put_event (history, talk, CF_MESSAGE_EVENT_CLOSED, at, at, error) && put_talk (history, talk, error);
}

/* Moves one side's mark to the last text. */
static void
mark_read (History *history, Talk *talk, gboolean by_agent)
{
  CfReadMark **place = &talk->marks[by_agent];
  CfReadMark *mark = *place;

  if (mark == NULL)
    {
      *place = mark = cf_struct_new (&cf_read_mark_shape);
      mark->parent.id = cfd_demo_random_id (&talk->random, talk->at);
      mark->parent.organisation_id = g_strdup (talk->record->parent.organisation_id);
      mark->conversation_id = g_strdup (talk->record->parent.id);
      mark->visitor_id = g_strdup (talk->record->visitor_id);
      mark->reader_kind = by_agent ? CF_AUTHOR_AGENT : CF_AUTHOR_VISITOR;
      mark->reader_id = g_strdup (by_agent ? talk->agent->id : talk->visitor->id);
    }
  if (mark->position == talk->record->last_position)
    return;
  mark->position = talk->record->last_position;
  mark->read_at = talk->at;
  mark->parent.rev = ++history->plan->rev;
}

/* Whoever still had a conversation open ends it here: nobody has two. What was still to be said there is said here. */
static gboolean
end_earlier (History *history, Talk *talk, GError **error)
{
  Talk *earlier = talk->person->open;

  if (earlier == NULL)
    return TRUE;
  talk->left += earlier->left;
  g_tree_remove (history->agenda, earlier);
  if (!close_talk (history, earlier, talk->at, error))
    return FALSE;
  talk_free (earlier);
  return TRUE;
}

static gboolean
begin_talk (History *history, Talk *talk, GError **error)
{
  CfdDemoPlan *plan = history->plan;
  Person *person = talk->person;

  if (person->record == NULL)
    {
      person->language = cfd_demo_language (&talk->random);
      person->record = new_visitor (history, talk);
    }
  if (talk->left == 0)
    return cfd_demo_store_put (history->store, person->record, ++plan->rev, error);
  if (!end_earlier (history, talk, error) || !cfd_demo_store_put (history->store, person->record, ++plan->rev, error))
    return FALSE;
  person->open = talk;
  talk->agent = plan->agents[MIN (cfd_demo_random_below (&talk->random, plan->n_agents), cfd_demo_random_below (&talk->random, plan->n_agents))];
  talk->visitor = cfd_caller_new (CFD_ALLOW_VISITOR);
  talk->visitor->id = g_strdup (person->record->parent.id);
  talk->visitor->name = g_strdup (person->record->name);
  talk->record = cf_struct_new (&cf_conversation_shape);
  talk->record->parent.id = cfd_demo_random_id (&talk->random, talk->at);
  talk->record->parent.organisation_id = g_strdup (person->record->parent.organisation_id);
  talk->record->site_id = g_strdup (person->record->site_id);
  talk->record->visitor_id = g_strdup (person->record->parent.id);
  talk->record->created_at = talk->at;
  return TRUE;
}

static gboolean
put_message (History *history, Talk *talk, CfMessageKind kind, gboolean by_agent, GError **error)
{
  const CfdDemoLanguage *language = talk->person->language;
  const CfdCaller *author = by_agent ? talk->agent : talk->visitor;
  g_autofree char *id = cfd_demo_random_id (&talk->random, talk->at);
  g_autoptr (CfMessage) message = cfd_conversation_new_message (talk->record, id, kind, author, history->plan->rev, talk->at);

  message->text = cfd_demo_text (language, kind == CF_MESSAGE_NOTE ? language->noting : by_agent ? language->answering : language->asking, &talk->random);
  if (kind == CF_MESSAGE_TEXT)
    {
      if (by_agent && talk->record->assignee_id == NULL)
        {
          cfd_conversation_assign (talk->record, talk->agent->id, talk->agent->name);
          if (!put_event (history, talk, CF_MESSAGE_EVENT_ASSIGNED, talk->at, talk->at - 1, error))
            return FALSE;
        }
      cfd_conversation_take_text (talk->record, message);
      CF_RECORD (talk->record)->rev = history->plan->rev;
    }
  talk->left--;
  history->n_done++;
  history->plan->progress (history->n_done, history->plan->data);
  return cfd_demo_store_put (history->store, message, history->plan->rev, error);
}

static gboolean
say (History *history, Talk *talk, GError **error)
{
  gboolean first = talk->record == NULL;
  gboolean by_agent, note;

  if (first && (!begin_talk (history, talk, error) || talk->record == NULL))
    return FALSE;
  by_agent = !first && cfd_demo_random_chance (&talk->random, talk->record->last_author == CF_AUTHOR_VISITOR ? 75 : 25);
  note = by_agent && cfd_demo_random_chance (&talk->random, 6);
  if (by_agent && cfd_demo_random_chance (&talk->random, 40))
    mark_read (history, talk, TRUE);
  if (!first)
    history->plan->rev++;
  if (!put_message (history, talk, note ? CF_MESSAGE_NOTE : CF_MESSAGE_TEXT, by_agent, error))
    return FALSE;
  if (by_agent && !note && cfd_demo_random_chance (&talk->random, 60))
    mark_read (history, talk, FALSE);
  return TRUE;
}

/* When it goes on; everything has happened before the end of time. */
static void
plan_next (const History *history, Talk *talk)
{
  gint64 room = history->plan->now - talk->at;
  double minutes = talk->left == 0 ? 30 : talk->endless ? 20 : 4;
  gint64 pause = 1000 + (gint64) (cfd_demo_random_waiting (&talk->random, minutes) * MINUTE);

  talk->at += MIN (pause, room / (talk->left + 2));
}

/* What happens next in one conversation. */
static gboolean
step (History *history, Talk *talk, GError **error)
{
  gboolean goes_on;

  g_tree_remove (history->agenda, talk);
  if (talk->left > 0)
    {
      if (!say (history, talk, error))
        return FALSE;
      goes_on = talk->left > 0 || talk->ends;
    }
  else
    {
      if (talk->record == NULL ? !begin_talk (history, talk, error) : !close_talk (history, talk, talk->at, error))
        return FALSE;
      goes_on = FALSE;
    }
  if (goes_on)
    {
      plan_next (history, talk);
      g_tree_insert (history->agenda, talk, talk);
      return TRUE;
    }
  /* left open: it stays with its visitor, who may come again */
  if (talk->person->open != talk)
    talk_free (talk);
  return TRUE;
}

static gboolean
free_waiting (gpointer key, gpointer value, gpointer data)
{
  if (((Talk *) value)->person->open != value)
    talk_free (value);
  return FALSE;
}

static void
clear (History *history)
{
  g_tree_foreach (history->agenda, free_waiting, NULL);
  g_tree_unref (history->agenda);
  for (guint i = 0; i < history->plan->n_visitors; i++)
    {
      g_clear_pointer (&history->people[i].open, talk_free);
      g_clear_pointer (&history->people[i].record, cf_struct_unref);
    }
  g_free (history->people);
}

/**
 * cfd_demo_history_write:
 * Lets visitors and agents talk for two years, in the order of time: revisions have no holes, and every record is what the services would have
 * left. The same plan gives the same records.
 */
gboolean
cfd_demo_history_write (CfdDemoPlan *plan, CfdDemoStore *store, GError **error)
{
  History history = { .plan = plan, .store = store };
  GTreeNode *node;
  gboolean good = TRUE;

  history.people = g_new0 (Person, plan->n_visitors);
  history.agenda = g_tree_new_full (compare_talks, NULL, NULL, NULL);
  make_agenda (&history);
  while (good && (node = g_tree_node_first (history.agenda)) != NULL)
    {
      if (plan->stop (plan->data))
        {
          g_set_error_literal (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "interrupted; the unfinished database was removed");
          good = FALSE;
        }
      else
        good = step (&history, g_tree_node_key (node), error);
    }
  for (guint i = 0; good && i < plan->n_visitors; i++)
    if (history.people[i].open != NULL)
      good = put_talk (&history, history.people[i].open, error);
  clear (&history);
  return good;
}
