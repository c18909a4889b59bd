/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

#include "backend/features/conversations/conversation-service.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/json.h"
#include "protocol/methods/results.h"
#include "protocol/records/login-session.h"
#include "protocol/records/visitor.h"

typedef struct
{
  const CfdCaller *caller;
  const char *conversation;
} Closing;

/* All pages from @since on, applied by id; keys are "type id". */
static GHashTable *
catch_up (World *world, const CfdCaller *caller, gint64 since, guint limit, gint64 *rev)
{
  GHashTable *state = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, cf_struct_unref);
  gboolean first = since == 0, more = TRUE;

  for (*rev = since; more;)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CfRecordsResult) page =
        world_call (world, caller, "sync.changes", &error, "{\"since\":%" G_GINT64_FORMAT ",\"limit\":%u%s}", *rev, limit,
                    first ? ",\"first\":true" : "");

      g_assert_no_error (error);
      g_assert_true (!page->more || page->rev > *rev);
      for (guint i = 0; i < page->records->len; i++)
        {
          CfRecord *record = page->records->pdata[i];

          g_assert_cmpint (record->rev, >, *rev);
          g_assert_cmpint (record->rev, <=, page->rev);
          g_hash_table_insert (state, g_strdup_printf ("%s %s", record->parent.shape->name, record->id), cf_struct_ref (record));
        }
      *rev = page->rev;
      more = page->more;
    }
  return state;
}

static guint
count (GHashTable *state, const CfShape *shape)
{
  GHashTableIter iter;
  gpointer record;
  guint n = 0;

  g_hash_table_iter_init (&iter, state);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    n += ((CfStruct *) record)->shape == shape;
  return n;
}

static void
say (World *world, const CfdCaller *caller, const char *method, const char *conversation, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = cf_id_new ();
  g_autoptr (CfStruct) result =
    world_call (world, caller, method, &error, "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"%s\"}", id, conversation, text);

  g_assert_no_error (error);
}

static void
test_pages_hold_everything (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "hello");
  g_autofree char *other = world_start (world, world->other_visitor, "hello");
  gint64 rev, whole_rev;

  for (int i = 0; i < 20; i++)
    say (world, i % 2 ? world->agent : world->visitor, "message.send", conversation, "text");
  for (guint limit = 1; limit < 60; limit += 7)
    {
      g_autoptr (GHashTable) paged = catch_up (world, world->agent, 0, limit, &rev);
      g_autoptr (GHashTable) whole = catch_up (world, world->agent, 0, 500, &whole_rev);
      GHashTableIter iter;
      gpointer key, record;

      g_assert_cmpint (rev, ==, whole_rev);
      g_assert_cmpuint (g_hash_table_size (paged), ==, g_hash_table_size (whole));
      g_hash_table_iter_init (&iter, whole);
      while (g_hash_table_iter_next (&iter, &key, &record))
        g_assert_true (cf_struct_equal (record, g_hash_table_lookup (paged, key)));
      g_assert_cmpuint (count (whole, &cf_message_shape), ==, 23); /* with "assigned" */
      g_assert_cmpuint (count (whole, &cf_conversation_shape), ==, 2);
      g_assert_cmpuint (count (whole, &cf_visitor_shape), ==, 2);
    }
}

static void
test_since (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "hello");
  gint64 rev, later;
  g_autoptr (GHashTable) first = catch_up (world, world->agent, 0, 100, &rev);
  g_autoptr (GHashTable) nothing = catch_up (world, world->agent, rev, 100, &later);
  g_autoptr (GHashTable) news = NULL;

  g_assert_cmpint (rev, ==, later);
  g_assert_cmpuint (g_hash_table_size (nothing), ==, 0);
  say (world, world->visitor, "message.send", conversation, "more");
  news = catch_up (world, world->agent, rev, 100, &later);
  g_assert_cmpint (later, ==, rev + 1);
  g_assert_cmpuint (g_hash_table_size (news), ==, 2);
}

static void
test_visitor_sees_own (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "hello");
  g_autofree char *other = world_start (world, world->other_visitor, "SECRET of another visitor");
  gint64 rev;
  g_autoptr (GHashTable) state = NULL;
  g_autoptr (GString) bytes = g_string_new (NULL);
  GHashTableIter iter;
  gpointer record;

  say (world, world->agent, "message.send", conversation, "answer");
  say (world, world->agent, "note.add", conversation, "SECRET note");
  for (guint limit = 1; limit < 20; limit += 6)
    {
      g_clear_pointer (&state, g_hash_table_unref);
      state = catch_up (world, world->visitor, 0, limit, &rev);
      g_assert_cmpuint (count (state, &cf_message_shape), ==, 3);
      g_assert_cmpuint (count (state, &cf_conversation_shape), ==, 1);
      g_assert_cmpuint (count (state, &cf_visitor_shape), ==, 1);
      g_assert_cmpuint (count (state, &cf_site_shape), ==, 1);
      g_assert_cmpuint (g_hash_table_size (state), ==, 6);
    }
  g_hash_table_iter_init (&iter, state);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    cf_json_encode_record (bytes, record, CF_AUDIENCE_VISITOR);
  g_assert_null (strstr (bytes->str, "SECRET"));
  g_assert_null (strstr (bytes->str, "127.0.0.1"));
  g_assert_null (strstr (bytes->str, "waiting_since"));
  g_assert_null (strstr (bytes->str, "origins"));
  g_assert_null (strstr (bytes->str, "hash"));
}

static void
test_other_organisation (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "hello");
  gint64 rev;
  g_autoptr (GHashTable) state = catch_up (world, world->stranger, 0, 100, &rev);

  g_assert_cmpuint (g_hash_table_size (state), ==, 2); /* their organisation and themselves */
  world_refuses (world, world->stranger, "conversation.get", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", conversation);
  world_refuses (world, world->stranger, "visitor.get", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", world->visitor->id);
  world_refuses (world, world->stranger, "site.update", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"name\":\"x\"}", world->site->parent.id);
}

static void
test_first_is_bounded (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "0");
  g_autoptr (GHashTable) state = NULL, visitors = NULL;
  gint64 rev;

  for (int i = 1; i < 120; i++)
    say (world, world->visitor, "message.send", conversation, "x");
  say (world, world->admin, "note.add", conversation, "note");
  state = catch_up (world, world->agent, 0, 30, &rev);
  visitors = catch_up (world, world->visitor, 0, 30, &rev);
  g_assert_cmpuint (count (state, &cf_message_shape), ==, 50);
  g_assert_cmpuint (count (visitors, &cf_message_shape), ==, 50);
}

static gboolean
close_long_ago (CfdTx *tx, gpointer data, GError **error)
{
  Closing *closing = data;
  g_autoptr (CfConversationActionParams) params = cf_struct_new (&cf_conversation_action_params_shape);
  g_autoptr (GPtrArray) touched = NULL;

  cfd_tx_set_now (tx, cf_now () - 15 * G_GINT64_CONSTANT (24 * 60 * 60 * 1000));
  params->id = g_strdup (closing->conversation);
  params->event_id = cf_id_new ();
  touched = cfd_conversations_close (tx, closing->caller, params, error);
  return touched != NULL;
}

static void
test_old_conversations (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "0");
  g_autofree char *event = cf_id_new (), *reopened = cf_id_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) closed = world_call (world, world->agent, "conversation.close", &error, "{\"id\":\"%s\",\"event_id\":\"%s\"}", conversation, event);
  g_autoptr (CfStruct) opened = NULL;
  Closing closing = { world->agent, conversation };
  g_autoptr (GHashTable) recent = NULL, old = NULL, news = NULL;
  gint64 rev, later;

  g_assert_no_error (error);
  recent = catch_up (world, world->agent, 0, 100, &rev);
  g_assert_cmpuint (count (recent, &cf_conversation_shape), ==, 1);
  opened = world_call (world, world->agent, "conversation.reopen", &error, "{\"id\":\"%s\",\"event_id\":\"%s\"}", conversation, reopened);
  g_assert_true (world_run (world, CFD_DB_WRITE, close_long_ago, &closing, &error));
  old = catch_up (world, world->agent, 0, 100, &rev);
  g_assert_cmpuint (count (old, &cf_conversation_shape), ==, 0);
  g_assert_cmpuint (count (old, &cf_visitor_shape), ==, 0);
  g_assert_cmpuint (count (old, &cf_message_shape), ==, 0);

  /* When it opens again it comes with its visitor, whom such a client has never had. */
  say (world, world->visitor, "message.send", conversation, "again");
  news = catch_up (world, world->agent, rev, 100, &later);
  g_assert_cmpuint (count (news, &cf_conversation_shape), ==, 1);
  g_assert_cmpuint (count (news, &cf_visitor_shape), ==, 1);
}

/* Whoever has copied before a visitor spoke for the first time hears of them with their first words. */
static void
test_known_before_first_words (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) identified = world_call (world, world->visitor, "visitor.identify", &error, "{\"name\":\"Ana\"}");
  g_autoptr (GHashTable) before = NULL, news = NULL;
  g_autofree char *conversation = NULL;
  gint64 rev, later;

  g_assert_no_error (error);
  before = catch_up (world, world->agent, 0, 100, &rev);
  g_assert_cmpuint (count (before, &cf_visitor_shape), ==, 0);
  conversation = world_start (world, world->visitor, "hello");
  news = catch_up (world, world->agent, rev, 100, &later);
  g_assert_cmpuint (count (news, &cf_visitor_shape), ==, 1);
}

static gboolean
change_oldest (CfdTx *tx, gpointer data, GError **error)
{
  g_autoptr (CfMessage) message = cfd_tx_record (tx, error, &cf_message_shape,
                                                 "WHERE conversation_id = $1 AND position < $2 ORDER BY position LIMIT 1", "ti", data, G_MAXINT64);

  if (message == NULL)
    return FALSE;
  g_free (message->text);
  message->text = g_strdup ("changed");
  return cfd_tx_put (tx, message, error);
}

/* Old words that are changed reach a visitor as new ones do. */
static void
test_changed_later (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "hello");
  g_autofree char *other = world_start (world, world->other_visitor, "hello");
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) before = NULL, news = NULL;
  gint64 rev, later;

  say (world, world->visitor, "message.send", conversation, "more");
  before = catch_up (world, world->visitor, 0, 100, &rev);
  g_assert_cmpuint (count (before, &cf_message_shape), ==, 2);
  say (world, world->visitor, "message.send", conversation, "new");
  g_assert_true (world_run (world, CFD_DB_WRITE, change_oldest, conversation, &error));
  g_assert_true (world_run (world, CFD_DB_WRITE, change_oldest, other, &error));
  g_assert_no_error (error);
  news = catch_up (world, world->visitor, rev, 1, &later);
  g_assert_cmpuint (count (news, &cf_message_shape), ==, 2);
}

static CfRecordsResult *
ask_since (World *world, gint64 since, gint64 epoch)
{
  g_autoptr (GError) error = NULL;
  CfRecordsResult *page = world_call (world, world->agent, "sync.changes", &error,
                                      "{\"since\":%" G_GINT64_FORMAT ",\"epoch\":%" G_GINT64_FORMAT "}", since, epoch);

  g_assert_no_error (error);
  return page;
}

/* A revision that this database has not made, or not in this epoch, says nothing here: begin anew. */
static void
test_other_epoch (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *conversation = world_start (world, world->visitor, "hello");
  gint64 rev;
  g_autoptr (GHashTable) all = catch_up (world, world->agent, 0, 100, &rev);
  g_autoptr (CfRecordsResult) same = ask_since (world, rev, 0), ahead = ask_since (world, rev + 1, 0);
  g_autoptr (CfRecordsResult) earlier = ask_since (world, 1, 7), fresh = ask_since (world, 0, 7);

  g_assert_true (!same->reset && same->records->len == 0 && same->epoch == 0);
  g_assert_true (ahead->reset && ahead->records->len == g_hash_table_size (all));
  g_assert_true (earlier->reset && earlier->records->len == g_hash_table_size (all));
  g_assert_false (fresh->reset); /* who knows nothing has nothing to forget */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/pages-hold-everything", test_pages_hold_everything);
  g_test_add_func ("/sync/since", test_since);
  g_test_add_func ("/sync/visitor-sees-own", test_visitor_sees_own);
  g_test_add_func ("/sync/other-organisation", test_other_organisation);
  g_test_add_func ("/sync/first-is-bounded", test_first_is_bounded);
  g_test_add_func ("/sync/old-conversations", test_old_conversations);
  g_test_add_func ("/sync/known-before-first-words", test_known_before_first_words);
  g_test_add_func ("/sync/changed-later", test_changed_later);
  g_test_add_func ("/sync/other-epoch", test_other_epoch);
  return g_test_run ();
}
