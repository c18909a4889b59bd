/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

#include "backend/features/conversations/reply-time.h"
#include "protocol/id.h"
#include "protocol/methods/site-params.h"

/* How soon a visitor usually gets an answer: from what, and how it is told. */

#define MINUTE_MS (G_GINT64_CONSTANT (60) * 1000)
#define DAY_MS    (1440 * MINUTE_MS)

/* What to put into the database. */
typedef struct
{
  const World *world;
  const CfSite *site;
  gint64 asked;    /* ms ago */
  gint64 answered; /* ms after that; -1 = not yet */
  gboolean away, closed, by_system;
} Talk;

static void
test_round (void)
{
  static const struct
  {
    gint64 ms, minutes;
  } cases[] = {
    { -1, 0 }, { 0, 5 }, { 5 * MINUTE_MS, 5 }, { 5 * MINUTE_MS + 1, 15 }, { 15 * MINUTE_MS, 15 }, { 16 * MINUTE_MS, 60 }, { 60 * MINUTE_MS, 60 },
    { 61 * MINUTE_MS, 120 }, { 12 * 60 * MINUTE_MS, 720 }, { 12 * 60 * MINUTE_MS + 1, 1440 }, { DAY_MS, 1440 }, { DAY_MS + 1, 2880 }, { 7 * DAY_MS, 7 * 1440 },
    { 7 * DAY_MS + 1, 0 }, { G_MAXINT64 / 2, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (cfd_reply_time_round (cases[i].ms), ==, cases[i].minutes);
}

static gint64
usual (guint n_answered, const gint64 *answered, guint n_waiting, const gint64 *waiting)
{
  g_autoptr (GArray) first = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) second = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (n_answered > 0)
    g_array_append_vals (first, answered, n_answered);
  if (n_waiting > 0)
    g_array_append_vals (second, waiting, n_waiting);
  return cfd_reply_time_usual (first, second);
}

static void
test_usual (void)
{
  const gint64 answered[] = { 90, 10, 50, 30, 70 }, patient[] = { 1, 2, 3, 4, 5 }, lost[] = { 1000, 2000, 3000, 4000, 5000, 6000 };

  g_assert_cmpint (usual (0, NULL, 0, NULL), ==, -1);
  g_assert_cmpint (usual (4, answered, 0, NULL), ==, -1);
  g_assert_cmpint (usual (5, answered, 0, NULL), ==, 50);
  g_assert_cmpint (usual (4, answered, 5, patient), ==, -1); /* who has only just come says nothing */
  g_assert_cmpint (usual (5, answered, 5, patient), ==, 50);
  g_assert_cmpint (usual (5, answered, 1, lost), ==, 70);    /* whom nobody answers is not left out */
  g_assert_cmpint (usual (5, answered, 6, lost), ==, 1000);
  g_assert_cmpint (usual (0, NULL, 6, lost), ==, 4000);
}

static CfMessage *
new_message (const CfConversation *conversation, CfAuthorKind author, gint64 at, gint64 position)
{
  CfMessage *message = cf_struct_new (&cf_message_shape);

  message->parent.id = cf_id_new ();
  message->parent.organisation_id = g_strdup (conversation->parent.organisation_id);
  message->conversation_id = g_strdup (conversation->parent.id);
  message->visitor_id = g_strdup (conversation->visitor_id);
  message->position = position;
  message->kind = CF_MESSAGE_TEXT;
  message->author_kind = author;
  message->text = g_strdup ("words");
  message->created_at = at;
  return message;
}

static gboolean
put_talk (CfdTx *tx, gpointer data, GError **error)
{
  const Talk *talk = data;
  g_autoptr (CfConversation) conversation = cf_struct_new (&cf_conversation_shape);
  g_autoptr (CfMessage) asked = NULL, answered = NULL, note = NULL;
  gint64 now = cfd_tx_now (tx), position = cfd_tx_revision (tx, talk->world->organisation_id, error);

  conversation->parent.id = cf_id_new ();
  conversation->parent.organisation_id = g_strdup (talk->world->organisation_id);
  conversation->site_id = g_strdup (talk->site->parent.id);
  conversation->visitor_id = g_strdup (talk->world->visitor->id);
  conversation->created_at = now - talk->asked;
  conversation->away = talk->away;
  conversation->status = talk->closed ? CF_CONVERSATION_CLOSED : CF_CONVERSATION_OPEN;
  asked = new_message (conversation, CF_AUTHOR_VISITOR, now - talk->asked, position);
  note = new_message (conversation, CF_AUTHOR_AGENT, now - talk->asked + 1, position + 1);
  note->kind = CF_MESSAGE_NOTE;
  note->staff_only = TRUE;
  if (!cfd_tx_put (tx, conversation, error) || !cfd_tx_put (tx, asked, error) || !cfd_tx_put (tx, note, error))
    return FALSE;
  if (talk->answered < 0)
    return TRUE;
  answered = new_message (conversation, talk->by_system ? CF_AUTHOR_SYSTEM : CF_AUTHOR_AGENT, now - talk->asked + talk->answered, position + 2);
  return cfd_tx_put (tx, answered, error);
}

static void
add (World *world, Talk talk, guint times)
{
  g_autoptr (GError) error = NULL;

  talk.world = world;
  talk.site = talk.site != NULL ? talk.site : world->site;
  for (guint i = 0; i < times; i++)
    {
      world_run (world, CFD_DB_WRITE, put_talk, &talk, &error);
      g_assert_no_error (error);
    }
}

static gint64
told (World *world, const CfdCaller *visitor)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfSiteOpening) opening = world_call (world, visitor, "site.opening", &error, "{}");

  g_assert_no_error (error);
  return opening->reply_minutes;
}

static gint64
shown (World *world, const CfSite *site)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfSiteSettings) settings = world_call (world, world->admin, "site.settings", &error, "{\"id\":\"%s\"}", site->parent.id);

  g_assert_no_error (error);
  return settings->now->reply_minutes;
}

/* Every query runs on an engine that refuses one which reads a whole table. */
static void
test_figure (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (CfdCaller) neighbour = world_visitor (world, world->other_site);
  g_autofree char *conversation = world_start (world, world->visitor, "hello"); /* just now: nothing follows from it */
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) off = NULL;

  add (world, (Talk) { .asked = DAY_MS, .answered = 10 * MINUTE_MS }, 3);
  add (world, (Talk) { .asked = 2 * DAY_MS, .answered = 40 * MINUTE_MS, .closed = TRUE }, 2);
  /* none of these counts */
  add (world, (Talk) { .asked = 29 * DAY_MS, .answered = 3 * DAY_MS }, 6);
  add (world, (Talk) { .asked = DAY_MS, .answered = 14 * 60 * MINUTE_MS, .away = TRUE }, 6);
  add (world, (Talk) { .asked = 3 * DAY_MS, .answered = -1, .closed = TRUE }, 6);
  add (world, (Talk) { .asked = DAY_MS, .answered = 1, .by_system = TRUE, .closed = TRUE }, 6);
  /* a neighbour has too few */
  add (world, (Talk) { .site = world->other_site, .asked = DAY_MS, .answered = 2 * MINUTE_MS }, CFD_REPLY_TIME_LEAST - 1);
  g_assert_cmpint (told (world, world->visitor), ==, 15);
  g_assert_cmpint (shown (world, world->site), ==, 15);
  g_assert_cmpint (told (world, neighbour), ==, 0);

  /* it is looked for now and then, not for each visitor */
  add (world, (Talk) { .asked = DAY_MS, .answered = 3 * 60 * MINUTE_MS }, 20);
  g_assert_cmpint (told (world, world->other_visitor), ==, 15);

  off = world_call (world, world->admin, "site.configure", &error, "{\"id\":\"%s\",\"version\":1,\"reply_time_off\":true}", world->site->parent.id);
  g_assert_no_error (error);
  g_assert_cmpint (told (world, world->visitor), ==, 0);
  g_assert_cmpint (shown (world, world->site), ==, 15); /* whoever decides about it sees it */
}

/* Who is waiting and has been for long makes it longer. */
static void
test_waiting (void)
{
  g_autoptr (World) world = world_new ();

  add (world, (Talk) { .asked = DAY_MS, .answered = MINUTE_MS }, 3);
  add (world, (Talk) { .asked = 10 * 60 * MINUTE_MS - MINUTE_MS, .answered = -1 }, 4);
  g_assert_cmpint (told (world, world->visitor), ==, 600);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backend/reply-time/round", test_round);
  g_test_add_func ("/backend/reply-time/usual", test_usual);
  g_test_add_func ("/backend/reply-time/figure", test_figure);
  g_test_add_func ("/backend/reply-time/waiting", test_waiting);
  return g_test_run ();
}
