/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who does not see a site knows nothing of what happens there: each method that could tell, refuses as if there was nothing. */
#include "world.h"

#include "backend/features/scheduled/scheduled-service.h"
#include "backend/rpc/reach.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/json.h"
#include "protocol/methods/rating-params.h"
#include "protocol/methods/results.h"
#include "protocol/records/trigger.h"

#include <string.h>

typedef struct
{
  World *world;
  CfdCaller *limited; /* the agent, who sees world->site alone */
  CfdCaller *foreign; /* a visitor of world->other_site */
  char *own;          /* a conversation on world->site */
  char *conversation; /* one on world->other_site */
  char *message, *mark, *file, *scheduled; /* what belongs to that */
  char *tag, *attribute; /* the team's */
  gint64 later; /* ms UTC */
} Fixture;

/* Single quotes stand for double ones; a letter behind a dollar for an id. Returns: (transfer full) */
static char *
expand (Fixture *f, const char *template)
{
  GString *json = g_string_new (NULL);

  for (const char *p = template; *p != '\0'; p++)
    {
      g_autofree char *fresh = cf_id_new ();

      if (*p != '$')
        g_string_append_c (json, *p == '\'' ? '"' : *p);
      else
        switch (*++p)
          {
          case 'A': g_string_append (json, f->world->agent->id); break;
          case 'B': g_string_append (json, f->attribute); break;
          case 'C': g_string_append (json, f->conversation); break;
          case 'F': g_string_append (json, f->file); break;
          case 'G': g_string_append (json, f->tag); break;
          case 'L': g_string_append_printf (json, "%" G_GINT64_FORMAT, f->later); break;
          case 'M': g_string_append (json, f->message); break;
          case 'N': g_string_append (json, fresh); break;
          case 'O': g_string_append (json, f->world->visitor->id); break;
          case 'P': g_string_append (json, f->scheduled); break;
          case 'S': g_string_append (json, f->world->other_site->parent.id); break;
          case 'T': g_string_append (json, f->world->site->parent.id); break;
          case 'V': g_string_append (json, f->foreign->id); break;
          default: g_assert_not_reached ();
          }
    }
  return g_string_free (json, FALSE);
}

static gpointer
call (Fixture *f, const CfdCaller *caller, const char *method, const char *template)
{
  g_autofree char *json = expand (f, template);
  g_autoptr (GError) error = NULL;
  gpointer result = world_call (f->world, caller, method, &error, "%s", json);

  g_assert_no_error (error);
  return result;
}

static void
refuses (Fixture *f, const CfdCaller *caller, const char *method, CfError code, const char *template)
{
  g_autofree char *json = expand (f, template);

  world_refuses (f->world, caller, method, code, "%s", json);
}

/* Whether the answer names that id anywhere. */
static gboolean
shows (Fixture *f, const CfdCaller *caller, const char *method, const char *template, const char *id)
{
  g_autoptr (CfStruct) result = call (f, caller, method, template);
  g_autoptr (GString) json = g_string_new (NULL);

  cf_json_encode (json, result, CF_AUDIENCE_STAFF);
  return strstr (json->str, id) != NULL;
}

static char *
nth_id (gpointer result, const CfShape *shape)
{
  g_autoptr (CfStruct) owned = result;

  return g_strdup (CF_RECORD (world_record (owned, shape, 0))->id);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (CfStruct) limits = NULL, file = NULL;

  f->world = world_new ();
  f->foreign = world_visitor (f->world, f->world->other_site);
  f->own = world_start (f->world, f->world->visitor, "hello");
  f->conversation = world_start (f->world, f->foreign, "elsewhere");
  f->message = nth_id (call (f, f->world->admin, "message.list", "{'conversation_id':'$C'}"), &cf_message_shape);
  f->mark = nth_id (call (f, f->world->admin, "conversation.read", "{'conversation_id':'$C','position':99}"), &cf_read_mark_shape);
  f->later = cf_now () + 3600 * 1000;
  f->file = cf_id_new ();
  file = call (f, f->world->admin, "file.create", "{'id':'$F','conversation_id':'$C','name':'a.txt','size':1}");
  f->scheduled = nth_id (call (f, f->world->admin, "scheduled.add", "{'id':'$N','conversation_id':'$C','text':'soon','send_at':$L}"),
                         cf_record_shape ("scheduled_message"));
  f->tag = nth_id (call (f, f->world->admin, "tag.add", "{'id':'$N','name':'late'}"), cf_record_shape ("tag"));
  f->attribute = nth_id (call (f, f->world->admin, "attribute.put", "{'id':'$N','name':'Plan','kind':'text'}"), cf_record_shape ("attribute"));
  limits = call (f, f->world->admin, "agent.sites", "{'id':'$A','sites':['$T']}");
  f->limited = cfd_caller_copy (f->world->agent);
  f->limited->sites = g_strdupv ((char *[]) { f->world->site->parent.id, NULL });
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_free (f->own);
  g_free (f->conversation);
  g_free (f->message);
  g_free (f->mark);
  g_free (f->file);
  g_free (f->scheduled);
  g_free (f->tag);
  g_free (f->attribute);
  cfd_caller_unref (f->limited);
  cfd_caller_unref (f->foreign);
  world_free (f->world);
}

/* Each call is a good one, for somebody who sees the site. */
static void
test_not_found (Fixture *f, gconstpointer data)
{
  static const struct { const char *method, *params; } rows[] = {
    { "conversation.get", "{'id':'$C'}" },
    { "conversation.assign", "{'id':'$C','event_id':'$N','agent_id':'$A'}" },
    { "conversation.accept", "{'id':'$C','event_id':'$N'}" },
    { "conversation.transfer", "{'id':'$C','event_id':'$N','agent_id':'$A'}" },
    { "conversation.unassign", "{'id':'$C','event_id':'$N'}" },
    { "conversation.escalate", "{'id':'$C','event_id':'$N'}" },
    { "conversation.transcript", "{'id':'$C','event_id':'$N','address':'x@y.example'}" },
    { "conversation.snooze", "{'id':'$C','event_id':'$N','until':0}" },
    { "conversation.tag", "{'id':'$C','tags':[]}" },
    { "conversation.pin", "{'id':'$C','message_id':''}" },
    { "conversation.read", "{'conversation_id':'$C','position':9}" },
    { "conversation.close", "{'id':'$C','event_id':'$N'}" },
    { "conversation.reopen", "{'id':'$C','event_id':'$N'}" },
    { "message.list", "{'conversation_id':'$C'}" },
    { "message.send", "{'id':'$N','conversation_id':'$C','text':'x'}" },
    { "note.add", "{'id':'$N','conversation_id':'$C','text':'x'}" },
    { "message.edit", "{'id':'$M','text':'x'}" },
    { "message.remove", "{'id':'$M'}" },
    { "file.create", "{'id':'$N','conversation_id':'$C','name':'a','size':1}" },
    { "file.link", "{'id':'$F'}" },
    { "scheduled.add", "{'id':'$N','conversation_id':'$C','text':'x','send_at':$L}" },
    { "scheduled.update", "{'id':'$P','text':'x'}" },
    { "scheduled.cancel", "{'id':'$P'}" },
    { "scheduled.send", "{'id':'$P'}" },
    { "visitor.get", "{'id':'$V'}" },
    { "visitor.update", "{'id':'$V','name':'x'}" },
    { "visitor.verify", "{'id':'$V','verified':false}" },
    { "visitor.untag", "{'id':'$V','tag_id':'$N'}" },
    { "visitor.tag", "{'id':'$V','tag_id':'$G'}" },
    { "visitor.attribute", "{'id':'$V','attribute_id':'$B','value':'x'}" },
    { "visitor.alike", "{'id':'$V'}" },
    { "visitor.merge", "{'id':'$V','into':'$O'}" },
    { "visitor.merge", "{'id':'$O','into':'$V'}" },
    { "visitor.unmerge", "{'id':'$V'}" },
    { "visitor.import", "{'site_id':'$S','csv':'email\\nx@y.example'}" },
    { "person.export", "{'id':'$V'}" },
    { "analytics.conversations", "{'site_id':'$S'}" },
    { "site.settings", "{'id':'$S'}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].method);
      refuses (f, f->limited, rows[i].method, CF_ERROR_NOT_FOUND, rows[i].params);
    }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *json = expand (f, rows[i].params);
      g_autoptr (GError) error = NULL;
      g_autoptr (CfStruct) result = NULL;

      g_test_message ("%s, by an admin", rows[i].method);
      result = world_call (f->world, f->world->admin, rows[i].method, &error, "%s", json);
      g_assert_false (g_error_matches (error, CF_ERROR, CF_ERROR_NOT_FOUND));
    }
}

/* What a repeat of one's own call would be answered with is not theirs any more either. */
static void
test_repeat (Fixture *f, gconstpointer data)
{
  g_autofree char *note = cf_id_new (), *later = cf_id_new ();
  g_autofree char *said = g_strdup_printf ("{'id':'%s','conversation_id':'$C','text':'x'}", note);
  g_autofree char *kept = g_strdup_printf ("{'id':'%s','conversation_id':'$C','text':'x','send_at':$L}", later);
  g_autoptr (CfStruct) first = call (f, f->world->agent, "note.add", said), second = call (f, f->world->agent, "scheduled.add", kept);

  refuses (f, f->limited, "note.add", CF_ERROR_NOT_FOUND, said);
  refuses (f, f->limited, "scheduled.add", CF_ERROR_NOT_FOUND, kept);
}

#define GOAL "'version':0,'enabled':true,'kind':'url','pattern':'/thanks','days':7,'name':"
#define TRIGGER "'enabled':true,'rules':{'conditions':[{'kind':'url','how':'matches','value':'/prices*'}]},'actions':{'bubble':'Hi'},'name':"

static char *
save (Fixture *f, const CfdCaller *caller, const char *method, const char *id, const char *rest)
{
  g_autofree char *json = g_strdup_printf ("{'id':'%s',%s}", id, rest);

  cf_struct_unref (call (f, caller, method, json));
  return g_strdup (id);
}

static char *
make (Fixture *f, const char *method, const char *rest)
{
  g_autofree char *id = cf_id_new ();

  return save (f, f->world->admin, method, id, rest);
}

static void
make_automation (Fixture *f)
{
  static const struct { const char *method, *rest; } rows[] = {
    { "trigger.save", TRIGGER "'Elsewhere','version':0,'sites':['$S']" },
    { "trigger.save", TRIGGER "'Everywhere','version':0" },
    { "trigger.save", TRIGGER "'On both','version':0,'sites':['$S','$T']" },
    { "goal.save", GOAL "'Thanks elsewhere','sites':['$S']" },
    { "goal.save", GOAL "'Thanks here','sites':['$T']" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_free (make (f, rows[i].method, rows[i].rest));
}

static void
test_lists (Fixture *f, gconstpointer data)
{
  const char *foreign_site = f->world->other_site->parent.id;
  const struct { const char *method, *params, *foreign, *own; } rows[] = {
    { "conversation.list", "{}", f->conversation, f->own },
    { "conversation.list", "{'status':'open'}", f->conversation, f->own },
    { "conversation.list", "{'visitor_id':'$V'}", f->conversation, NULL },
    { "sync.changes", "{'since':0}", f->conversation, f->own },
    { "sync.changes", "{'since':0}", f->foreign->id, f->world->visitor->id },
    { "sync.changes", "{'since':0}", f->message, NULL },
    { "sync.changes", "{'since':0}", f->mark, NULL },
    { "sync.changes", "{'since':0}", f->file, NULL },
    { "sync.changes", "{'since':0}", f->scheduled, NULL },
    { "visitor.export", "{}", "other@elsewhere.example", "own@here.example" },
    { "visitor.export", "{'site_id':'$S'}", "other@elsewhere.example", NULL },
    { "site.list", "{}", foreign_site, f->world->site->parent.id },
    { "trigger.list", "{}", "Elsewhere", "Everywhere" },
    { "trigger.list", "{}", "Elsewhere", "On both" },
    { "goal.list", "{}", "Thanks elsewhere", "Thanks here" },
    { "sync.changes", "{'since':0}", "Elsewhere", "Everywhere" },
    { "sync.changes", "{'since':0}", "Thanks elsewhere", "Thanks here" },
  };
  g_autoptr (CfStruct) other = call (f, f->world->admin, "visitor.update", "{'id':'$V','email':'other@elsewhere.example'}");
  g_autoptr (CfStruct) own = call (f, f->world->admin, "visitor.update", "{'id':'$O','email':'own@here.example'}");

  make_automation (f);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s %s", rows[i].method, rows[i].params);
      g_assert_true (shows (f, f->world->admin, rows[i].method, rows[i].params, rows[i].foreign));
      g_assert_false (shows (f, f->limited, rows[i].method, rows[i].params, rows[i].foreign));
      g_assert_true (rows[i].own == NULL || shows (f, f->limited, rows[i].method, rows[i].params, rows[i].own));
    }
}

/* The same address on two sites is two people, of whom one is not theirs. */
static void
test_alike (Fixture *f, gconstpointer data)
{
  g_autoptr (CfStruct) other = call (f, f->world->admin, "visitor.update", "{'id':'$V','email':'one@both.example'}");
  g_autoptr (CfStruct) own = call (f, f->world->admin, "visitor.update", "{'id':'$O','email':'one@both.example'}");

  g_assert_true (shows (f, f->world->admin, "visitor.alike", "{'id':'$O'}", f->foreign->id));
  g_assert_false (shows (f, f->limited, "visitor.alike", "{'id':'$O'}", f->foreign->id));
}

static void
test_ratings (Fixture *f, gconstpointer data)
{
  g_autoptr (CfStruct) free_again = call (f, f->world->admin, "agent.sites", "{'id':'$A','sites':[]}");
  g_autoptr (CfStruct) assigned = call (f, f->world->admin, "conversation.assign", "{'id':'$C','event_id':'$N','agent_id':'$A'}");
  g_autoptr (CfStruct) said = call (f, f->world->agent, "message.send", "{'id':'$N','conversation_id':'$C','text':'x'}");
  g_autoptr (CfStruct) rated = call (f, f->foreign, "conversation.rate", "{'id':'$C','rating':5,'comment':'quick'}");
  g_autoptr (CfRatingSummaryResult) all = call (f, f->world->agent, "rating.summary", "{}"), own = call (f, f->limited, "rating.summary", "{}");

  g_assert_cmpint (all->ratings, ==, 1);
  g_assert_cmpuint (all->records->len, ==, 1);
  g_assert_cmpint (own->ratings, ==, 0);
  g_assert_cmpuint (own->records->len, ==, 0);
}

static gboolean
send_due (CfdTx *tx, gpointer id, GError **error)
{
  cfd_tx_set_now (tx, cf_now () + 2 * 3600 * 1000);
  return cfd_scheduling.act (tx, id, error);
}

static gboolean
refuse_due (CfdTx *tx, gpointer id, GError **error)
{
  return cfd_scheduling.refuse (tx, id, "there is no such conversation", error);
}

/* What they have scheduled where they see nothing any more is not sent in their name. */
static void
test_due (Fixture *f, gconstpointer data)
{
  g_autofree char *id = cf_id_new ();
  g_autofree char *json = g_strdup_printf ("{'id':'%s','conversation_id':'$C','text':'too late','send_at':$L}", id);
  g_autoptr (CfStruct) kept = call (f, f->world->agent, "scheduled.add", json);
  g_autoptr (GError) error = NULL;

  g_assert_false (world_run (f->world, CFD_DB_WRITE, send_due, id, &error));
  g_assert_error (error, CF_ERROR, CF_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (world_run (f->world, CFD_DB_WRITE, refuse_due, id, &error));
  g_assert_no_error (error);
  g_assert_false (shows (f, f->world->admin, "message.list", "{'conversation_id':'$C'}", "too late"));
  g_assert_true (shows (f, f->world->admin, "sync.changes", "{'since':0}", id)); /* held, for others to see */
}

static const char *
assignee (Fixture *f)
{
  g_autoptr (CfStruct) result = call (f, f->world->admin, "conversation.get", "{'id':'$C'}");
  const CfConversation *conversation = world_record (result, &cf_conversation_shape, 0);

  return conversation->assignee_id != NULL ? g_intern_string (conversation->assignee_id) : NULL;
}

/* Nobody can be handed what they do not see, and whoever loses a site loses what they had to do there. */
static void
test_assignees (Fixture *f, gconstpointer data)
{
  g_autoptr (CfStruct) free_again = NULL, assigned = NULL, limited = NULL, promoted = NULL, again = NULL;

  refuses (f, f->world->admin, "conversation.assign", CF_ERROR_CONFLICT, "{'id':'$C','event_id':'$N','agent_id':'$A'}");
  refuses (f, f->world->admin, "conversation.transfer", CF_ERROR_CONFLICT, "{'id':'$C','event_id':'$N','agent_id':'$A'}");
  g_assert_null (assignee (f));
  free_again = call (f, f->world->admin, "agent.sites", "{'id':'$A','sites':[]}");
  assigned = call (f, f->world->admin, "conversation.assign", "{'id':'$C','event_id':'$N','agent_id':'$A'}");
  g_assert_cmpstr (assignee (f), ==, f->world->agent->id);
  limited = call (f, f->world->admin, "agent.sites", "{'id':'$A','sites':['$T']}");
  g_assert_null (assignee (f));
  promoted = call (f, f->world->admin, "agent.update", "{'id':'$A','role':'admin'}");
  again = call (f, f->world->admin, "conversation.assign", "{'id':'$C','event_id':'$N','agent_id':'$A'}");
  g_assert_cmpstr (assignee (f), ==, f->world->agent->id);
}

/* Who has a list can't lengthen it, nor anybody else's. */
static void
test_giving (Fixture *f, gconstpointer data)
{
  g_autoptr (CfdCaller) supervisor = cfd_caller_copy (f->limited);

  supervisor->kind = CFD_ALLOW_SUPERVISOR;
  refuses (f, supervisor, "agent.sites", CF_ERROR_FORBIDDEN, "{'id':'$A','sites':[]}");
  refuses (f, supervisor, "agent.sites", CF_ERROR_FORBIDDEN, "{'id':'$A','sites':['$S']}");
}

static void
refuses_of (Fixture *f, const char *method, CfError code, const char *id, const char *rest)
{
  g_autofree char *json = g_strdup_printf ("{'id':'%s'%s%s}", id, *rest != '\0' ? "," : "", rest);

  refuses (f, f->limited, method, code, json);
}

/* What acts on sites that they don't see is not theirs to make, change or remove; what acts on none of theirs is not there. */
static void
test_automation (Fixture *f, gconstpointer data)
{
  g_autofree char *foreign = make (f, "goal.save", GOAL "'Thanks','sites':['$S']"), *every = make (f, "goal.save", GOAL "'Thanks'");
  g_autofree char *gone = make (f, "goal.save", GOAL "'Thanks','sites':['$S']"), *own = cf_id_new ();
  g_autofree char *away = g_strdup_printf ("{'id':'%s'}", gone);
  g_autoptr (CfStruct) removed = call (f, f->world->admin, "goal.remove", away);

  g_free (save (f, f->limited, "goal.save", own, GOAL "'Thanks','sites':['$T']"));
  refuses (f, f->limited, "goal.save", CF_ERROR_FORBIDDEN, "{'id':'$N'," GOAL "'Thanks'}");
  refuses (f, f->limited, "goal.save", CF_ERROR_NOT_FOUND, "{'id':'$N'," GOAL "'Thanks','sites':['$S']}");
  refuses_of (f, "goal.save", CF_ERROR_FORBIDDEN, every, GOAL "'Thanks','sites':['$T']");
  refuses_of (f, "goal.remove", CF_ERROR_FORBIDDEN, every, "");
  refuses_of (f, "goal.save", CF_ERROR_CONFLICT, foreign, GOAL "'Thanks','sites':['$T']");
  refuses_of (f, "goal.remove", CF_ERROR_NOT_FOUND, foreign, "");
  refuses_of (f, "goal.remove", CF_ERROR_NOT_FOUND, gone, "");
}

/* What moves to another site is gone for who serves the one where it was, and there when it comes. */
static void
test_moves (Fixture *f, gconstpointer data)
{
  g_autofree char *id = make (f, "trigger.save", TRIGGER "'Here','version':0,'sites':['$T']");
  g_autoptr (CfRecordsResult) before = call (f, f->limited, "sync.changes", "{'since':0}"), after = NULL, back = NULL;
  g_autofree char *cursor = g_strdup_printf ("{'since':%" G_GINT64_FORMAT ",'epoch':%" G_GINT64_FORMAT "}", before->rev, before->epoch);
  const CfRecord *stone;

  g_free (save (f, f->world->admin, "trigger.save", id, TRIGGER "'There','version':1,'sites':['$S']"));
  g_assert_false (shows (f, f->limited, "trigger.list", "{}", id));
  g_assert_false (shows (f, f->limited, "sync.changes", "{'since':0}", id));
  g_assert_false (shows (f, f->limited, "sync.changes", cursor, "There"));
  after = call (f, f->limited, "sync.changes", cursor);
  stone = world_record (after, &cf_trigger_shape, 0);
  g_assert_cmpstr (stone->id, ==, id);
  g_assert_true (stone->deleted);
  g_assert_null (((const CfTrigger *) stone)->name);
  g_free (save (f, f->world->admin, "trigger.save", id, TRIGGER "'Here again','version':2"));
  g_assert_true (shows (f, f->limited, "sync.changes", cursor, "Here again"));
}

/* All triggers that there are, by their names' first letters. */
static char *
order (Fixture *f, const CfdCaller *caller)
{
  g_autoptr (CfRecordsResult) all = call (f, caller, "trigger.list", "{}");
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < all->records->len; i++)
    g_string_append_c (names, *((const CfTrigger *) all->records->pdata[i])->name);
  return g_string_free (names, FALSE);
}

/* They move their own, past whatever it is, and nothing else: the order on other sites stays. */
static void
test_order (Fixture *f, gconstpointer data)
{
  static const struct { char letter; const char *rest; } made[] = {
    { 'a', TRIGGER "'a','version':0,'sites':['$T']" }, { 'F', TRIGGER "'F','version':0,'sites':['$S']" }, { 'b', TRIGGER "'b','version':0,'sites':['$T']" },
    { 'E', TRIGGER "'E','version':0" }, { 'G', TRIGGER "'G','version':0,'sites':['$S']" }, { 'B', TRIGGER "'B','version':0,'sites':['$S','$T']" },
    { 'c', TRIGGER "'c','version':0,'sites':['$T']" },
  };
  static const struct { const char *wish, *visible, *all; } rows[] = {
    { "cbaEB", "cbaEB", "cbaFEGB" }, { "EaBbc", "EaBbc", "FEaGBbc" }, { "c", "cEaBb", "cFEaGBb" }, { "GFc", "cEaBb", NULL }, { "BEabc", NULL, NULL }, { "B", NULL, NULL },
  };
  g_autoptr (CfdCaller) supervisor = cfd_caller_copy (f->limited);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  supervisor->kind = CFD_ALLOW_SUPERVISOR;
  for (guint i = 0; i < G_N_ELEMENTS (made); i++)
    g_hash_table_insert (ids, GINT_TO_POINTER (made[i].letter), make (f, "trigger.save", made[i].rest));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GString *wish = g_string_new ("{'ids':[");
      g_autofree char *before = order (f, f->world->admin), *visible = NULL, *all = NULL, *json = NULL;

      for (const char *letter = rows[i].wish; *letter != '\0'; letter++)
        g_string_append_printf (wish, "%s'%s'", letter > rows[i].wish ? "," : "", (char *) g_hash_table_lookup (ids, GINT_TO_POINTER (*letter)));
      g_string_append (wish, "]}");
      json = g_string_free (wish, FALSE);
      if (rows[i].visible == NULL)
        refuses (f, supervisor, "trigger.reorder", CF_ERROR_FORBIDDEN, json);
      else
        {
          g_assert_false (shows (f, supervisor, "trigger.reorder", json, g_hash_table_lookup (ids, GINT_TO_POINTER ('F'))));
          visible = order (f, supervisor);
          g_assert_cmpstr (visible, ==, rows[i].visible);
        }
      all = order (f, f->world->admin);
      g_assert_cmpstr (all, ==, rows[i].all != NULL ? rows[i].all : before);
    }
}

#define DAY "INSERT INTO trigger_day (trigger_id, day, organisation_id, shown) VALUES ($1, $2, $3, 7)"

static gboolean
count_shown (CfdTx *tx, gpointer data, GError **error)
{
  char **words = data;

  return cfd_tx_execute (tx, error, DAY, "tit", words[0], (gint64) (cf_now () / (86400 * 1000)), words[1]);
}

/* What is counted on all sites of a trigger together is for who serves all of them. */
static void
test_numbers (Fixture *f, gconstpointer data)
{
  static const struct { const char *rest; gboolean told; } rows[] = {
    { TRIGGER "'a','version':0,'sites':['$T']", TRUE }, { TRIGGER "'b','version':0,'sites':['$S']", FALSE }, { TRIGGER "'c','version':0", FALSE },
    { TRIGGER "'d','version':0,'sites':['$S','$T']", FALSE },
  };
  g_autoptr (CfdCaller) supervisor = cfd_caller_copy (f->limited);

  supervisor->kind = CFD_ALLOW_SUPERVISOR;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *id = make (f, "trigger.save", rows[i].rest);
      g_autoptr (GError) error = NULL;

      g_assert_true (world_run (f->world, CFD_DB_WRITE, count_shown, (char *[]) { id, f->world->organisation_id }, &error));
      g_assert_no_error (error);
      g_assert_true (shows (f, f->world->admin, "trigger.numbers", "{}", id));
      g_assert_cmpint (shows (f, supervisor, "trigger.numbers", "{}", id), ==, rows[i].told);
    }
}

/* A copy of other sites begins anew; one of the same sites goes on, in whatever order they are named. */
static void
test_epoch (Fixture *f, gconstpointer data)
{
  const char *a = f->world->site->parent.id, *b = f->world->other_site->parent.id;
  g_autoptr (CfdCaller) one = cfd_caller_copy (f->limited), two = cfd_caller_copy (f->limited), turned = cfd_caller_copy (f->limited);
  g_autoptr (CfRecordsResult) first = call (f, f->limited, "sync.changes", "{'since':0}"), same = NULL, other = NULL, all = NULL;
  g_autofree char *cursor = g_strdup_printf ("{'since':%" G_GINT64_FORMAT ",'epoch':%" G_GINT64_FORMAT "}", first->rev, first->epoch);

  g_strfreev (two->sites);
  two->sites = g_strdupv ((char *[]) { (char *) a, (char *) b, NULL });
  g_strfreev (turned->sites);
  turned->sites = g_strdupv ((char *[]) { (char *) b, (char *) a, NULL });
  g_assert_cmpint (cfd_reach_epoch (two, 7), ==, cfd_reach_epoch (turned, 7));
  g_assert_cmpint (cfd_reach_epoch (two, 7), !=, cfd_reach_epoch (one, 7));
  g_assert_cmpint (cfd_reach_epoch (one, 7), !=, cfd_reach_epoch (one, 8));
  g_assert_cmpint (cfd_reach_epoch (one, 7), <, G_GINT64_CONSTANT (1) << 53);
  g_assert_cmpint (cfd_reach_epoch (f->world->agent, 7), ==, 7);
  same = call (f, f->limited, "sync.changes", cursor);
  g_assert_false (same->reset);
  other = call (f, two, "sync.changes", cursor);
  g_assert_true (other->reset);
  all = call (f, f->world->agent, "sync.changes", cursor);
  g_assert_true (all->reset);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/rights/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("not-found", test_not_found);
  ADD ("repeat", test_repeat);
  ADD ("lists", test_lists);
  ADD ("alike", test_alike);
  ADD ("ratings", test_ratings);
  ADD ("assignees", test_assignees);
  ADD ("due", test_due);
  ADD ("giving", test_giving);
  ADD ("automation", test_automation);
  ADD ("moves", test_moves);
  ADD ("order", test_order);
  ADD ("numbers", test_numbers);
  ADD ("epoch", test_epoch);
#undef ADD
  return g_test_run ();
}
