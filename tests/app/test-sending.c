/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/connection/pace.h"
#include "app/features/session/session-private.h"

#include "fake-server.h"
#include "open-cache.h"

#include "protocol/id.h"

/* What is called back before it is sent, and what is sent later. */

#define LONG_S 30

typedef struct
{
  FakeServer *server;
  char *id; /* of the conversation */
  CfaSession *session;
  CfaMessageList *list;
} World;

static void
begin_session (World *world, gboolean live)
{
  g_autoptr (CfaCache) cache = open_cache (fake_server_address (world->server), fake_server_agent_id (world->server));

  world->session = cfa_session_new (cfa_account_new (fake_server_address (world->server), fake_server_agent_id (world->server), "Ana", "ana@example.com"),
                                    cache, "token", FALSE);
  if (live)
    wait_until (cfa_session_get_link (world->session) == CFA_LINK_LIVE);
  else
    wait_until (cfa_session_get_conversation (world->session, world->id) != NULL);
  world->list = cfa_session_open_messages (world->session, cfa_session_get_conversation (world->session, world->id));
  wait_until (!cfa_message_list_get_loading (world->list));
}

static void
end_session (World *world)
{
  gpointer watch = world->session;

  g_clear_object (&world->list);
  g_object_add_weak_pointer (G_OBJECT (world->session), &watch);
  cfa_session_stop (world->session);
  g_clear_object (&world->session);
  wait_until (watch == NULL);
  wait_idle ();
}

static void
world_set_up (World *world, gconstpointer data)
{
  world->server = fake_server_new ();
  world->id = fake_server_add_conversation (world->server, fake_server_add_visitor (world->server, "Vera", NULL));
  g_free (fake_server_say (world->server, world->id, "Hello?"));
  begin_session (world, TRUE);
}

static void
world_tear_down (World *world, gconstpointer data)
{
  end_session (world);
  fake_server_free (world->server);
  wait_idle ();
  g_free (world->id);
}

static CfaConversation *
the_conversation (World *world)
{
  return cfa_session_get_conversation (world->session, world->id);
}

static CfaMessage *
last (World *world)
{
  g_autoptr (CfaMessage) message = g_list_model_get_item (G_LIST_MODEL (world->list), g_list_model_get_n_items (G_LIST_MODEL (world->list)) - 1);

  return message; /* the list holds it */
}

static guint
n_messages (World *world)
{
  return g_list_model_get_n_items (G_LIST_MODEL (world->list));
}

static void
say (World *world, const char *text)
{
  cfa_session_send_text (world->session, the_conversation (world), text, NULL, NULL);
}

/* It waits, with what comes behind it; called back it was never sent, and its words are in the draft, above what is written by now. */
static void
test_call_back (World *world, gconstpointer data)
{
  cfa_session_set_undo_send (world->session, LONG_S);
  say (world, "too early");
  g_assert_cmpint (cfa_message_get_due (last (world)), >, cf_now ());
  cfa_session_close (world->session, the_conversation (world));
  cfa_session_add_note (world->session, the_conversation (world), "behind it", NULL, NULL, NULL);
  cfa_session_set_draft (world->session, the_conversation (world), "and then", FALSE);
  wait_idle ();
  g_assert_cmpuint (fake_server_calls (world->server, "message.send"), ==, 0);
  g_assert_cmpuint (fake_server_calls (world->server, "conversation.close"), ==, 0);
  for (guint i = n_messages (world); i > 0; i--)
    {
      g_autoptr (CfaMessage) message = g_list_model_get_item (G_LIST_MODEL (world->list), i - 1);

      if (g_strcmp0 (cfa_message_get_text (message), "too early") == 0)
        {
          g_assert_true (cfa_session_take_back (world->session, the_conversation (world), message));
          break;
        }
    }
  g_assert_cmpstr (cfa_conversation_get_draft (the_conversation (world), FALSE), ==, "too early\n\nand then");
  wait_until (cfa_session_get_pending (world->session) == 0);
  g_assert_cmpuint (fake_server_calls (world->server, "conversation.close"), ==, 1);
  g_assert_cmpuint (fake_server_count (world->server, world->id, "behind it"), ==, 1);
  g_assert_cmpuint (fake_server_calls (world->server, "message.send"), ==, 0);
}

/* A note is for the team and goes at once; an answer goes by itself, and then it is too late. */
static void
test_goes (World *world, gconstpointer data)
{
  cfa_session_set_undo_send (world->session, LONG_S);
  cfa_session_add_note (world->session, the_conversation (world), "among us", NULL, NULL, NULL);
  wait_until (fake_server_count (world->server, world->id, "among us") == 1);
  cfa_session_set_undo_send (world->session, 1);
  say (world, "well considered");
  wait_until (cfa_message_get_state (last (world)) == CFA_MESSAGE_SENT);
  g_assert_cmpint (cfa_message_get_due (last (world)), ==, 0);
  g_assert_false (cfa_session_take_back (world->session, the_conversation (world), last (world)));
  g_assert_null (cfa_conversation_get_draft (the_conversation (world), FALSE));
}

/* The program ends meanwhile: it can still be called back for the rest of its time, then it goes, once. */
static void
test_restart (World *world, gconstpointer data)
{
  cfa_session_set_undo_send (world->session, LONG_S);
  say (world, "first");
  end_session (world);
  begin_session (world, TRUE);
  wait_until (n_messages (world) == 2);
  g_assert_cmpint (cfa_message_get_due (last (world)), >, cf_now ());
  g_assert_true (cfa_session_take_back (world->session, the_conversation (world), last (world)));
  wait_until (n_messages (world) == 1);
  end_session (world);
  begin_session (world, TRUE);
  g_assert_cmpstr (cfa_conversation_get_draft (the_conversation (world), FALSE), ==, "first");
  g_assert_cmpuint (fake_server_calls (world->server, "message.send"), ==, 0);
  cfa_session_set_undo_send (world->session, 2);
  say (world, "second");
  end_session (world);
  begin_session (world, TRUE);
  wait_until (fake_server_count (world->server, world->id, "second") == 1);
  wait_until (cfa_session_get_pending (world->session) == 0);
  g_assert_cmpuint (fake_server_calls (world->server, "message.send"), ==, 1);
}

/* What was refused comes back with its kind. */
static void
test_refused (World *world, gconstpointer data)
{
  fake_server_trouble (world->server, "note.add", FAKE_REFUSE, CF_ERROR_FORBIDDEN, 0);
  cfa_session_add_note (world->session, the_conversation (world), "a note", NULL, NULL, NULL);
  wait_until (cfa_message_get_state (last (world)) == CFA_MESSAGE_FAILED);
  g_assert_true (cfa_session_take_back (world->session, the_conversation (world), last (world)));
  wait_until (n_messages (world) == 1);
  g_assert_cmpstr (cfa_conversation_get_draft (the_conversation (world), TRUE), ==, "a note");
  g_assert_null (cfa_conversation_get_draft (the_conversation (world), FALSE));
}

static CfaScheduled *
only (CfaScheduledList *list)
{
  g_autoptr (CfaScheduled) item = g_list_model_get_item (G_LIST_MODEL (list), 0);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 1);
  return item; /* the list holds it */
}

static guint
n_scheduled (CfaScheduledList *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (list));
}

/* Offline it is shown as it will be, also after a restart; what the server refuses to take is kept, to be tried again or taken back. */
static void
test_later (World *world, gconstpointer data)
{
  g_autoptr (CfaScheduledList) list = NULL;
  gint64 at = cf_now () + 3600000;
  g_autofree char *id = NULL;

  fake_server_stop (world->server);
  wait_until (cfa_session_get_link (world->session) == CFA_LINK_WAITING);
  list = cfa_session_open_scheduled (world->session, the_conversation (world));
  cfa_session_set_draft (world->session, the_conversation (world), "later", FALSE);
  cfa_session_send_later (world->session, the_conversation (world), "later", NULL, NULL, at, TRUE);
  g_assert_null (cfa_conversation_get_draft (the_conversation (world), FALSE));
  g_assert_cmpint (cfa_scheduled_get_state (only (list)), ==, CFA_SCHEDULED_PENDING);
  g_assert_true (cfa_scheduled_get_own (only (list)));
  cfa_session_reschedule (world->session, only (list), at + 1000);
  g_assert_cmpint (cfa_scheduled_get (only (list))->send_at, ==, at + 1000);
  g_assert_cmpuint (n_messages (world), ==, 1);
  wait_idle ();
  g_clear_object (&list);
  end_session (world);

  begin_session (world, FALSE);
  list = cfa_session_open_scheduled (world->session, the_conversation (world));
  wait_until (n_scheduled (list) == 1);
  g_assert_cmpint (cfa_scheduled_get (only (list))->send_at, ==, at + 1000);
  id = g_strdup (cfa_scheduled_get_id (only (list)));
  fake_server_trouble (world->server, "scheduled.add", FAKE_REFUSE, CF_ERROR_CONFLICT, 0);
  fake_server_start (world->server);
  cfa_session_retry_now (world->session);
  wait_until (cfa_scheduled_get_state (only (list)) == CFA_SCHEDULED_REFUSED);
  g_assert_cmpstr (cfa_scheduled_get (only (list))->text, ==, "later");
  cfa_session_put_back (world->session, the_conversation (world), cfa_scheduled_get (only (list))->text, NULL, FALSE);
  cfa_session_cancel_scheduled (world->session, only (list));
  wait_until (n_scheduled (list) == 0);
  g_assert_cmpstr (cfa_conversation_get_draft (the_conversation (world), FALSE), ==, "later");
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("chatflow-home-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_setenv ("XDG_CACHE_HOME", folder, TRUE);
  g_setenv ("LC_ALL", "C", TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  cfa_pace_set (10);
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, World, NULL, world_set_up, function, world_tear_down)
  ADD ("/sending/call-back", test_call_back);
  ADD ("/sending/goes", test_goes);
  ADD ("/sending/restart", test_restart);
  ADD ("/sending/refused", test_refused);
  ADD ("/sending/later", test_later);
#undef ADD
  return g_test_run ();
}
