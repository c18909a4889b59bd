/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/features/session/session-private.h"
#include "app/connection/pace.h"
#include "app/features/conversations/conversation-list-private.h"

#include "fake-server.h"
#include "open-cache.h"

#include "protocol/id.h"

#include <glib/gstdio.h>

/* A server with one visitor and one conversation, and a session of Ana's. */
typedef struct
{
  FakeServer *server;
  CfVisitor *visitor;
  char *id; /* of the conversation */
  CfaSession *session;
} World;

static CfaSession *
open_session (FakeServer *server, const char *token)
{
  g_autoptr (CfaCache) cache = open_cache (fake_server_address (server), fake_server_agent_id (server));

  return cfa_session_new (cfa_account_new (fake_server_address (server), fake_server_agent_id (server), "Ana", "ana@example.com"),
                          cache, token, FALSE);
}

static void
wait_live (World *world)
{
  wait_until (cfa_session_get_link (world->session) == CFA_LINK_LIVE);
}

static void
end_session (World *world)
{
  gpointer watch = world->session;

  g_object_add_weak_pointer (G_OBJECT (world->session), &watch);
  g_clear_object (&world->session);
  wait_until (watch == NULL);
  wait_idle ();
}

static void
world_set_up (World *world, gconstpointer data)
{
  world->server = fake_server_new ();
  world->visitor = fake_server_add_visitor (world->server, "Vera", "vera@example.org");
  world->id = fake_server_add_conversation (world->server, world->visitor);
  g_free (fake_server_say (world->server, world->id, "Hello?"));
  world->session = open_session (world->server, "token");
}

static void
world_tear_down (World *world, gconstpointer data)
{
  if (world->session != NULL)
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

static guint
n_items (gpointer model)
{
  return g_list_model_get_n_items (model);
}

static CfaMessage *
nth (CfaMessageList *list, guint n)
{
  g_autoptr (CfaMessage) message = g_list_model_get_item (G_LIST_MODEL (list), n);

  g_assert_nonnull (message);
  return message; /* the list holds it */
}

static CfaMessage *
last (CfaMessageList *list)
{
  return nth (list, n_items (list) - 1);
}

static gboolean
last_is (CfaMessageList *list, const char *text, CfaMessageState state)
{
  return n_items (list) > 0 && g_strcmp0 (cfa_message_get_text (last (list)), text) == 0 && cfa_message_get_state (last (list)) == state;
}

static CfaMessageList *
open_list (World *world)
{
  CfaMessageList *list = cfa_session_open_messages (world->session, the_conversation (world));

  wait_until (!cfa_message_list_get_loading (list));
  return list;
}

static void
test_first_copy (World *world, gconstpointer data)
{
  g_autoptr (CfaMessageList) list = NULL;

  wait_live (world);
  g_assert_nonnull (the_conversation (world));
  g_assert_cmpstr (cfa_conversation_get_title (the_conversation (world)), ==, "Vera");
  g_assert_cmpstr (cfa_conversation_get_email (the_conversation (world)), ==, "vera@example.org");
  g_assert_cmpstr (cfa_conversation_get_site_name (the_conversation (world)), ==, "Shop");
  g_assert_cmpstr (cfa_conversation_get_preview (the_conversation (world)), ==, "Hello?");
  g_assert_cmpuint (cfa_conversation_get_unread (the_conversation (world)), ==, 1);
  g_assert_cmpstr (cfa_session_get_organisation_name (world->session), ==, "Example Ltd");
  g_assert_cmpuint (n_items (cfa_session_get_inbox (world->session, CFA_INBOX_ALL)), ==, 1);
  g_assert_cmpuint (n_items (cfa_session_get_inbox (world->session, CFA_INBOX_UNASSIGNED)), ==, 1);
  g_assert_cmpuint (n_items (cfa_session_get_inbox (world->session, CFA_INBOX_MINE)), ==, 0);
  g_assert_cmpuint (cfa_conversation_list_get_unread (cfa_session_get_inbox (world->session, CFA_INBOX_ALL)), ==, 1);
  list = open_list (world);
  g_assert_cmpuint (n_items (list), ==, 1);
  g_assert_cmpstr (cfa_message_get_text (last (list)), ==, "Hello?");
}

/* Everything that was said comes in, page by page, once and in order. */
static void
test_pages (World *world, gconstpointer data)
{
  g_autoptr (CfaMessageList) list = NULL;

  end_session (world);
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *text = g_strdup_printf ("line %u", i);

      g_free (fake_server_say (world->server, world->id, text));
    }
  fake_server_set_page (world->server, 7);
  world->session = open_session (world->server, "token");
  wait_live (world);
  g_assert_cmpuint (fake_server_calls (world->server, "sync.changes"), >, 20);
  cfa_session_mark_read (world->session, the_conversation (world));
  wait_until (cfa_conversation_get_unread (the_conversation (world)) == 0);
  list = open_list (world);
  g_assert_cmpuint (n_items (list), ==, 20);
  while (cfa_message_list_get_has_older (list))
    {
      cfa_message_list_load_older (list);
      wait_until (!cfa_message_list_get_loading (list));
    }
  g_assert_cmpuint (n_items (list), ==, 201);
  g_assert_cmpstr (cfa_message_get_text (nth (list, 0)), ==, "Hello?");
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *text = g_strdup_printf ("line %u", i);

      g_assert_cmpstr (cfa_message_get_text (nth (list, i + 1)), ==, text);
    }
}

/* What is unread is among what is loaded first, so that reading can begin where it begins; but not all that ever was. */
static void
test_unread_page (World *world, gconstpointer data)
{
  g_autoptr (CfaMessageList) list = NULL, longer = NULL;

  wait_live (world);
  for (guint i = 0; i < 120; i++)
    g_free (fake_server_say (world->server, world->id, "x"));
  wait_until (cfa_conversation_get_unread (the_conversation (world)) == 121);
  list = open_list (world);
  g_assert_cmpuint (n_items (list), ==, 121);
  g_clear_object (&list);
  for (guint i = 0; i < 400; i++)
    g_free (fake_server_say (world->server, world->id, "y"));
  wait_until (cfa_conversation_get_unread (the_conversation (world)) == 521);
  longer = open_list (world);
  g_assert_cmpuint (n_items (longer), ==, 400);
}

static void
count_signal (gpointer object, gpointer a, gpointer b, gpointer c, guint *count)
{
  ++*count;
}

static void
count_notify (gpointer object, GParamSpec *pspec, guint *count)
{
  ++*count;
}

static void
test_send (World *world, gconstpointer data)
{
  g_autoptr (CfaMessageList) list = NULL;
  guint changes = 0;
  CfaMessage *message;

  wait_live (world);
  list = open_list (world);
  g_signal_connect (list, "items-changed", G_CALLBACK (count_signal), &changes);
  cfa_session_send_text (world->session, the_conversation (world), "Hello!\nHow can I help?", NULL, NULL);
  g_assert_true (last_is (list, "Hello!\nHow can I help?", CFA_MESSAGE_SENDING));
  g_assert_cmpstr (cfa_conversation_get_preview (the_conversation (world)), ==, "Hello! How can I help?");
  g_assert_true (cfa_conversation_get_mine (the_conversation (world)));
  message = last (list);
  wait_until (cfa_message_get_state (message) == CFA_MESSAGE_SENT);
  wait_until (cfa_session_get_pending (world->session) == 0);
  g_assert_true (last (list) == message);
  g_assert_cmpint (cfa_message_get_position (message), >, 0);
  g_assert_cmpuint (changes, ==, 1); /* it came; it has not moved since */
  g_assert_cmpuint (fake_server_count (world->server, world->id, "Hello!\nHow can I help?"), ==, 1);
  fake_server_seen (world->server, world->id);
  wait_until (cfa_message_get_state (message) == CFA_MESSAGE_SEEN);
}

static void
test_live (World *world, gconstpointer data)
{
  g_autoptr (CfaMessageList) list = NULL;

  wait_live (world);
  list = open_list (world);
  g_free (fake_server_say (world->server, world->id, "Are you there?"));
  wait_until (last_is (list, "Are you there?", CFA_MESSAGE_SENT));
  g_assert_cmpuint (cfa_conversation_get_unread (the_conversation (world)), ==, 2);
  fake_server_repeat (world->server);
  fake_server_repeat (world->server);
  g_free (fake_server_say (world->server, world->id, "Hm."));
  wait_until (last_is (list, "Hm.", CFA_MESSAGE_SENT));
  g_assert_cmpuint (n_items (list), ==, 3);
  cfa_session_mark_read (world->session, the_conversation (world));
  cfa_session_mark_read (world->session, the_conversation (world));
  wait_until (cfa_conversation_get_unread (the_conversation (world)) == 0);
  wait_until (cfa_session_get_pending (world->session) == 0);
  g_assert_cmpuint (cfa_conversation_get_unread (the_conversation (world)), ==, 0);
  g_assert_cmpint (fake_server_read_position (world->server, world->id), ==, cfa_message_get_position (last (list)));
  g_assert_cmpuint (fake_server_calls (world->server, "conversation.read"), ==, 1);
}

/* Pushes that were lost are asked for as soon as a later one shows the hole. */
static void
test_hole (World *world, gconstpointer data)
{
  g_autoptr (CfaMessageList) list = NULL;
  g_autofree char *gone = NULL;

  wait_live (world);
  list = open_list (world);
  gone = fake_server_say (world->server, world->id, "deleted later");
  wait_until (last_is (list, "deleted later", CFA_MESSAGE_SENT));
  fake_server_mute (world->server, TRUE);
  g_free (fake_server_say (world->server, world->id, "lost one"));
  fake_server_delete (world->server, gone);
  fake_server_mute (world->server, FALSE);
  g_free (fake_server_say (world->server, world->id, "after"));
  wait_until (last_is (list, "after", CFA_MESSAGE_SENT));
  g_assert_cmpuint (fake_server_calls (world->server, "sync.changes"), >, 0);
  g_assert_cmpuint (n_items (list), ==, 3);
  g_assert_cmpstr (cfa_message_get_text (nth (list, 1)), ==, "lost one");
}

static void
check_once (World *world, FakeTrouble trouble)
{
  g_autoptr (CfaMessageList) list = NULL;

  wait_live (world);
  list = open_list (world);
  fake_server_trouble (world->server, "message.send", trouble, 0, 0);
  cfa_session_send_text (world->session, the_conversation (world), "only once", NULL, NULL);
  wait_until (last_is (list, "only once", CFA_MESSAGE_SENT));
  wait_until (cfa_session_get_pending (world->session) == 0);
  wait_live (world);
  g_assert_cmpuint (fake_server_count (world->server, world->id, "only once"), ==, 1);
  g_assert_cmpuint (n_items (list), ==, 2);
}

static void
test_drop_before (World *world, gconstpointer data)
{
  check_once (world, FAKE_DROP_BEFORE);
}

static void
test_drop_after (World *world, gconstpointer data)
{
  check_once (world, FAKE_DROP_AFTER);
}

static void
test_unavailable (World *world, gconstpointer data)
{
  g_autoptr (CfaMessageList) list = NULL;

  wait_live (world);
  list = open_list (world);
  fake_server_trouble (world->server, "message.send", FAKE_REFUSE, CF_ERROR_UNAVAILABLE, 20);
  cfa_session_send_text (world->session, the_conversation (world), "first", NULL, NULL);
  cfa_session_send_text (world->session, the_conversation (world), "second", NULL, NULL);
  wait_until (last_is (list, "second", CFA_MESSAGE_SENT));
  wait_until (cfa_session_get_pending (world->session) == 0);
  g_assert_cmpuint (fake_server_calls (world->server, "message.send"), ==, 3);
  g_assert_cmpstr (cfa_message_get_text (nth (list, 1)), ==, "first");
}

static void
test_refused_message (World *world, gconstpointer data)
{
  g_autoptr (CfaMessageList) list = NULL;
  g_autofree char *id = NULL;

  wait_live (world);
  list = open_list (world);
  fake_server_trouble (world->server, "message.send", FAKE_REFUSE, CF_ERROR_FORBIDDEN, 0);
  cfa_session_send_text (world->session, the_conversation (world), "refused", NULL, NULL);
  wait_until (last_is (list, "refused", CFA_MESSAGE_FAILED));
  g_assert_nonnull (cfa_message_get_error (last (list)));
  id = g_strdup (cfa_message_get_id (last (list)));
  cfa_session_send_text (world->session, the_conversation (world), "next", NULL, NULL);
  wait_until (cfa_session_get_pending (world->session) == 1);
  /* refused for good, so it waits for the person, and does not hold up the next one */
  g_assert_cmpuint (fake_server_count (world->server, world->id, "next"), ==, 1);
  g_assert_true (last_is (list, "refused", CFA_MESSAGE_FAILED));
  g_clear_object (&list);
  end_session (world);

  world->session = open_session (world->server, "token");
  wait_live (world);
  list = open_list (world);
  g_assert_true (last_is (list, "refused", CFA_MESSAGE_FAILED));
  cfa_session_retry_message (world->session, last (list));
  wait_until (last_is (list, "refused", CFA_MESSAGE_SENT));
  g_assert_cmpstr (cfa_message_get_id (last (list)), ==, id);
  g_assert_null (cfa_message_get_error (last (list)));
}

static void
test_discard (World *world, gconstpointer data)
{
  g_autoptr (CfaMessageList) list = NULL;

  wait_live (world);
  list = open_list (world);
  fake_server_trouble (world->server, "note.add", FAKE_REFUSE, CF_ERROR_TOO_LARGE, 0);
  cfa_session_add_note (world->session, the_conversation (world), "a note", NULL, NULL, NULL);
  wait_until (last_is (list, "a note", CFA_MESSAGE_FAILED));
  g_assert_cmpint (cfa_message_get_kind (last (list)), ==, CF_MESSAGE_NOTE);
  cfa_session_discard_message (world->session, last (list));
  wait_until (n_items (list) == 1);
  g_assert_cmpuint (cfa_session_get_pending (world->session), ==, 0);
}

static void
keep_text (CfaSession *session, const char *text, char **kept)
{
  g_free (*kept);
  *kept = g_strdup (text);
}

static void
test_actions (World *world, gconstpointer data)
{
  g_autofree char *refusal = NULL;
  CfaConversation *conversation;
  guint flicker = 0;

  wait_live (world);
  conversation = the_conversation (world);
  g_signal_connect (world->session, "refused", G_CALLBACK (keep_text), &refusal);
  cfa_session_assign_to_me (world->session, conversation);
  g_assert_true (cfa_conversation_get_mine (conversation));
  wait_until (n_items (cfa_session_get_inbox (world->session, CFA_INBOX_MINE)) == 1);
  wait_until (cfa_session_get_pending (world->session) == 0);
  g_assert_true (cfa_conversation_get_mine (conversation));

  cfa_session_close (world->session, conversation);
  g_assert_cmpint (cfa_conversation_get_status (conversation), ==, CF_CONVERSATION_CLOSED);
  g_signal_connect (conversation, "notify::status", G_CALLBACK (count_notify), &flicker);
  wait_until (cfa_session_get_pending (world->session) == 0);
  g_assert_cmpint (cfa_conversation_get_status (conversation), ==, CF_CONVERSATION_CLOSED);
  g_assert_cmpuint (flicker, ==, 0);
  g_assert_cmpuint (n_items (cfa_session_get_inbox (world->session, CFA_INBOX_CLOSED)), ==, 1);
  g_assert_cmpint (fake_server_conversation (world->server, world->id)->status, ==, CF_CONVERSATION_CLOSED);
  g_signal_handlers_disconnect_by_data (conversation, &flicker);

  fake_server_trouble (world->server, "conversation.reopen", FAKE_REFUSE, CF_ERROR_FORBIDDEN, 0);
  cfa_session_reopen (world->session, conversation);
  g_assert_cmpint (cfa_conversation_get_status (conversation), ==, CF_CONVERSATION_OPEN);
  wait_until (refusal != NULL && cfa_conversation_get_status (conversation) == CF_CONVERSATION_CLOSED);
  wait_until (cfa_session_get_pending (world->session) == 0);
}

static void
test_offline (World *world, gconstpointer data)
{
  g_autoptr (CfaMessageList) list = NULL;

  wait_live (world);
  end_session (world);
  fake_server_stop (world->server);

  world->session = open_session (world->server, "token");
  wait_until (the_conversation (world) != NULL);
  g_assert_nonnull (the_conversation (world));
  list = open_list (world);
  cfa_session_send_text (world->session, the_conversation (world), "one", NULL, NULL);
  cfa_session_add_note (world->session, the_conversation (world), "two", NULL, NULL, NULL);
  cfa_session_close (world->session, the_conversation (world));
  cfa_session_send_text (world->session, the_conversation (world), "three", NULL, NULL);
  cfa_session_close (world->session, the_conversation (world));
  cfa_session_set_draft (world->session, the_conversation (world), "half a thou", FALSE);
  wait_until (cfa_session_get_link (world->session) == CFA_LINK_WAITING);
  g_assert_nonnull (cfa_session_get_link_error (world->session));
  g_assert_cmpint (cfa_session_get_retry_at (world->session), >, 0);
  g_clear_object (&list);
  end_session (world);

  world->session = open_session (world->server, "token");
  wait_until (cfa_session_get_pending (world->session) == 5);
  wait_until (the_conversation (world) != NULL);
  g_assert_cmpint (cfa_conversation_get_status (the_conversation (world)), ==, CF_CONVERSATION_CLOSED);
  g_assert_cmpstr (cfa_conversation_get_draft (the_conversation (world), FALSE), ==, "half a thou");
  list = open_list (world);
  g_assert_cmpuint (n_items (list), ==, 4);
  g_assert_cmpint (cfa_message_get_state (nth (list, 1)), ==, CFA_MESSAGE_SENDING);
  fake_server_start (world->server);
  cfa_session_retry_now (world->session);
  wait_until (cfa_session_get_pending (world->session) == 0);
  g_assert_cmpuint (n_items (list), ==, 6);
  g_assert_cmpstr (cfa_message_get_text (nth (list, 1)), ==, "one");
  g_assert_cmpstr (cfa_message_get_text (nth (list, 2)), ==, "two");
  g_assert_cmpint (cfa_message_get_kind (nth (list, 3)), ==, CF_MESSAGE_EVENT);
  g_assert_cmpstr (cfa_message_get_text (nth (list, 4)), ==, "three");
  g_assert_cmpint (cfa_message_get_kind (nth (list, 5)), ==, CF_MESSAGE_EVENT);
}

/* A monitor that is wrong about the network costs a question; one that is right saves half a minute. */
static void
test_network_hints (World *world, gconstpointer data)
{
  static const gboolean hints[] = { FALSE, TRUE };
  GNetworkMonitor *monitor = g_network_monitor_get_default ();

  wait_live (world);
  for (guint i = 0; i < G_N_ELEMENTS (hints); i++)
    {
      guint asked = fake_server_calls (world->server, "server.info");

      g_signal_emit_by_name (monitor, "network-changed", hints[i]);
      g_signal_emit_by_name (monitor, "network-changed", hints[i]);
      wait_until (fake_server_calls (world->server, "server.info") == asked + 1);
      wait_idle ();
      g_assert_cmpint (cfa_session_get_link (world->session), ==, CFA_LINK_LIVE);
      cfa_session_send_text (world->session, the_conversation (world), "still here", NULL, NULL);
      wait_until (cfa_session_get_pending (world->session) == 0);
    }
  g_assert_cmpuint (fake_server_calls (world->server, "session.open"), ==, 1);

  fake_server_trouble (world->server, "server.info", FAKE_IGNORE, 0, 0);
  g_signal_emit_by_name (monitor, "network-changed", FALSE);
  wait_until (cfa_session_get_link (world->session) != CFA_LINK_LIVE);
  wait_until (cfa_session_get_link (world->session) == CFA_LINK_LIVE);
  g_assert_cmpuint (fake_server_calls (world->server, "session.open"), ==, 2);
}

static void
restart (World *world)
{
  end_session (world);
  world->session = open_session (world->server, "token");
  wait_until (the_conversation (world) != NULL);
}

static void
check_drafts (World *world, const char *answer, const char *note)
{
  g_assert_cmpstr (cfa_conversation_get_draft (the_conversation (world), FALSE), ==, answer);
  g_assert_cmpstr (cfa_conversation_get_draft (the_conversation (world), TRUE), ==, note);
}

/* Answer and note have a draft each, also after a restart; sending one leaves the other as it is, even one that was written a moment before. */
static void
test_two_drafts (World *world, gconstpointer data)
{
  guint answers = 0, notes = 0;

  wait_live (world);
  g_signal_connect (the_conversation (world), "notify::draft", G_CALLBACK (count_notify), &answers);
  g_signal_connect (the_conversation (world), "notify::note-draft", G_CALLBACK (count_notify), &notes);
  cfa_session_set_draft (world->session, the_conversation (world), "for Vera", FALSE);
  cfa_session_set_draft (world->session, the_conversation (world), "not for Vera", TRUE);
  check_drafts (world, "for Vera", "not for Vera");
  g_assert_cmpuint (answers, ==, 1);
  g_assert_cmpuint (notes, ==, 1);
  g_signal_handlers_disconnect_by_data (the_conversation (world), &answers);
  g_signal_handlers_disconnect_by_data (the_conversation (world), &notes);
  restart (world);
  check_drafts (world, "for Vera", "not for Vera");
  cfa_session_set_draft (world->session, the_conversation (world), "not for Vera either", TRUE);
  cfa_session_send_text (world->session, the_conversation (world), "for Vera", NULL, NULL);
  restart (world);
  check_drafts (world, NULL, "not for Vera either");
  cfa_session_set_draft (world->session, the_conversation (world), "again", FALSE);
  cfa_session_add_note (world->session, the_conversation (world), "not for Vera either", NULL, NULL, NULL);
  restart (world);
  check_drafts (world, "again", NULL);
  cfa_session_set_draft (world->session, the_conversation (world), "", FALSE);
  restart (world);
  check_drafts (world, NULL, NULL);
}

static void
test_ended (World *world, gconstpointer data)
{
  wait_live (world);
  fake_server_stop (world->server);
  wait_until (cfa_session_get_link (world->session) == CFA_LINK_WAITING);
  cfa_session_send_text (world->session, the_conversation (world), "still mine", NULL, NULL);
  fake_server_start (world->server);
  fake_server_set_open (world->server, CF_ERROR_REVOKED);
  wait_until (cfa_session_get_link (world->session) == CFA_LINK_SIGNED_OUT);
  g_assert_nonnull (cfa_session_get_link_error (world->session));
  g_assert_cmpuint (cfa_session_get_pending (world->session), ==, 1);
}

static void
test_closed_4001 (World *world, gconstpointer data)
{
  wait_live (world);
  fake_server_close (world->server, 4001, "disabled");
  wait_until (cfa_session_get_link (world->session) == CFA_LINK_SIGNED_OUT);
  g_assert_nonnull (strstr (cfa_session_get_link_error (world->session), "switched off"));
  wait_until (fake_server_peers (world->server) == 0);
}

static void
test_older_server (World *world, gconstpointer data)
{
  wait_live (world);
  fake_server_stop (world->server);
  fake_server_forget (world->server);
  wait_until (cfa_session_get_link (world->session) == CFA_LINK_WAITING);
  fake_server_start (world->server);
  wait_live (world);
  g_assert_cmpint (cfa_cache_get_applied (cfa_session_get_cache (world->session)), ==, fake_server_rev (world->server));
}

static void
on_gone (CfaSession *session, const char *id, GPtrArray *gone)
{
  g_ptr_array_add (gone, g_strdup (id));
}

/* What leaves this agent's view is told of, so that nobody keeps showing it. */
static void
test_gone (World *world, gconstpointer data)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);

  wait_live (world);
  g_signal_connect (world->session, "gone", G_CALLBACK (on_gone), gone);
  fake_server_delete (world->server, world->id);
  wait_until (gone->len > 0);
  g_assert_cmpuint (gone->len, ==, 1);
  g_assert_cmpstr (gone->pdata[0], ==, world->id);
  g_assert_null (cfa_session_get_conversation (world->session, world->id));
  g_signal_handlers_disconnect_by_data (world->session, gone);
}

static void
on_reset (CfaSession *session, guint *resets)
{
  for (CfaInbox inbox = 0; inbox < CFA_N_INBOXES; inbox++)
    g_assert_cmpuint (n_items (cfa_session_get_inbox (session, inbox)), ==, 0);
  ++*resets;
}

/* The silent hole: the restored server has counted past what this client knows. */
static void
test_restored_server (World *world, gconstpointer data)
{
  g_autofree char *id = NULL, *lost = g_strdup (world->id);
  CfaConversationList *all = cfa_session_get_inbox (world->session, CFA_INBOX_ALL);
  CfaConversationList *closed = cfa_session_get_inbox (world->session, CFA_INBOX_CLOSED);
  guint resets = 0;
  gint64 known;

  wait_live (world);
  g_signal_connect (world->session, "reset", G_CALLBACK (on_reset), &resets);
  cfa_conversation_list_set_has_older (closed, FALSE);
  known = cfa_cache_get_applied (cfa_session_get_cache (world->session));
  fake_server_stop (world->server);
  fake_server_forget (world->server);
  id = fake_server_add_conversation (world->server, fake_server_add_visitor (world->server, "Eve", NULL));
  while (fake_server_rev (world->server) <= known)
    g_free (fake_server_say (world->server, id, "early"));
  wait_until (cfa_session_get_link (world->session) == CFA_LINK_WAITING);
  fake_server_start (world->server);
  wait_live (world);
  wait_until (cfa_session_get_conversation (world->session, id) != NULL);
  g_assert_null (cfa_session_get_conversation (world->session, lost)); /* what the server no longer knows is gone here, too */
  g_assert_cmpuint (resets, ==, 1);
  g_assert_cmpuint (n_items (all), ==, 1);
  g_assert_cmpuint (cfa_conversation_list_get_unread (all), ==, 1);
  g_assert_true (cfa_conversation_list_get_has_older (closed)); /* and what was paged in before is to be had again */
  g_assert_cmpint (cfa_cache_get_epoch (cfa_session_get_cache (world->session)), ==, 1);
  fake_server_close (world->server, 1012, NULL);
  wait_until (cfa_session_get_link (world->session) != CFA_LINK_LIVE);
  wait_live (world); /* and the next time it goes on from there: the epoch was kept */
  g_assert_nonnull (cfa_session_get_conversation (world->session, id));
  g_assert_cmpuint (resets, ==, 1);
  end_session (world);
  world->session = open_session (world->server, "token");
  g_assert_cmpint (cfa_cache_get_epoch (cfa_session_get_cache (world->session)), ==, 1); /* on the disk, too */
}

static void
test_signals (World *world, gconstpointer data)
{
  g_autoptr (CfSignal) signal = cf_struct_new (&cf_signal_shape);
  g_autoptr (CfSignal) typing = cf_struct_new (&cf_signal_shape);

  wait_live (world);
  signal->kind = CF_SIGNAL_PRESENCE;
  signal->actor_kind = CF_AUTHOR_VISITOR;
  signal->actor_id = g_strdup (world->visitor->parent.id);
  signal->state = CF_PRESENCE_ONLINE;
  fake_server_signal (world->server, signal);
  wait_until (cfa_conversation_get_online (the_conversation (world)));
  typing->kind = CF_SIGNAL_TYPING;
  typing->actor_kind = CF_AUTHOR_VISITOR;
  typing->actor_id = g_strdup (world->visitor->parent.id);
  typing->conversation_id = g_strdup (world->id);
  typing->active = TRUE;
  typing->text = g_strdup ("and I need it by fr");
  fake_server_signal (world->server, typing);
  wait_until (g_strcmp0 (cfa_conversation_get_peek (the_conversation (world)), "and I need it by fr") == 0);
  wait_until (cfa_conversation_get_peek (the_conversation (world)) == NULL); /* after a while, by itself */
  fake_server_close (world->server, 1012, NULL);
  wait_until (!cfa_conversation_get_online (the_conversation (world)));
  wait_live (world);
  wait_until (fake_server_calls (world->server, "presence.set") == 2);
}

static guint
search (World *world, const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (CfaSearchTerms) terms = cfa_search_terms_new (text, cfa_session_get_directory (world->session), "", now);

  cfa_session_search_async (world->session, terms, NULL, wait_keep_result, &result);
  wait_until (result != NULL);
  found = cfa_session_search_finish (world->session, result, &error);
  g_assert_no_error (error);
  return found->len;
}

static void
test_search (World *world, gconstpointer data)
{
  g_free (fake_server_say (world->server, world->id, "Das Päckchen ist spät, 包裹在哪里？ 100% sure"));
  wait_live (world);
  wait_until (cfa_conversation_get_unread (the_conversation (world)) == 2);
  g_assert_cmpuint (search (world, "packch"), ==, 1);
  g_assert_cmpuint (search (world, "SPÄT das"), ==, 1);
  g_assert_cmpuint (search (world, "包裹"), ==, 1);
  g_assert_cmpuint (search (world, "在"), ==, 1);
  g_assert_cmpuint (search (world, "ver"), ==, 2); /* the visitor and the conversation */
  g_assert_cmpuint (search (world, "vera@exam"), ==, 2);
  g_assert_cmpuint (search (world, "nothing like it"), ==, 0);
  g_assert_cmpuint (search (world, "\" XQZ *"), ==, 0);
  g_assert_cmpuint (search (world, "  "), ==, 0);
}

static GError *
sign_in (const char *server, const char *email, const char *password, CfaSession **session)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  cfa_session_sign_in_async (server, email, password, NULL, wait_keep_result, &result);
  wait_until (result != NULL);
  *session = cfa_session_sign_in_finish (result, &error);
  return error;
}

static void
check_sign_in (World *world, const char *server, const char *password, CfaSessionError expected)
{
  g_autoptr (CfaSession) session = NULL;
  g_autoptr (GError) error = sign_in (server, "ana@example.com", password, &session);

  g_assert_error (error, CFA_SESSION_ERROR, (int) expected);
  g_assert_null (session);
}

static void
test_sign_in_errors (World *world, gconstpointer data)
{
  g_autofree char *gone = g_strdup (fake_server_address (world->server));

  check_sign_in (world, "not an address", "right", CFA_SESSION_ERROR_BAD_ADDRESS);
  check_sign_in (world, fake_server_address (world->server), "wrong", CFA_SESSION_ERROR_REFUSED);
  fake_server_set_login (world->server, CF_ERROR_DISABLED);
  check_sign_in (world, fake_server_address (world->server), "right", CFA_SESSION_ERROR_REFUSED);
  fake_server_set_login (world->server, CF_ERROR_RATE_LIMITED);
  check_sign_in (world, fake_server_address (world->server), "right", CFA_SESSION_ERROR_REFUSED);
  fake_server_set_login (world->server, -1);
  fake_server_set_name (world->server, "Something");
  check_sign_in (world, fake_server_address (world->server), "right", CFA_SESSION_ERROR_BAD_ADDRESS);
  fake_server_stop (world->server);
  check_sign_in (world, gone, "right", CFA_SESSION_ERROR_UNREACHABLE);
  check_sign_in (world, "http://nowhere.invalid", "right", CFA_SESSION_ERROR_UNREACHABLE);
}

/* A certificate that nobody has vouched for: refused, and not gone around in the clear. */
static void
test_sign_in_tls (World *world, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("chatflow-tls-XXXXXX", NULL), *key = g_build_filename (folder, "key.pem", NULL);
  g_autofree char *file = g_build_filename (folder, "cert.pem", NULL);
  const char *make[] = { "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
                         "-keyout", key, "-out", file, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = NULL;

  g_spawn_sync (NULL, (char **) make, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  certificate = g_tls_certificate_new_from_files (file, key, &error);
  g_assert_no_error (error);
  fake_server_stop (world->server);
  fake_server_set_certificate (world->server, certificate);
  fake_server_start (world->server);
  check_sign_in (world, fake_server_address (world->server), "right", CFA_SESSION_ERROR_TLS);
  check_sign_in (world, fake_server_address (world->server) + strlen ("https://"), "right", CFA_SESSION_ERROR_TLS);
  g_assert_cmpuint (fake_server_peers (world->server), ==, 0);
}

static gboolean
sign_out (CfaSession *session, gboolean everywhere, gboolean force, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (force)
    cfa_session_sign_out_force_async (session, everywhere, NULL, wait_keep_result, &result);
  else
    cfa_session_sign_out_async (session, everywhere, NULL, wait_keep_result, &result);
  wait_until (result != NULL);
  return cfa_session_sign_out_finish (session, result, error);
}

/* The whole way of a person on a computer without a keyring. */
static void
test_sign_in_and_out (World *world, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = cfa_cache_path (fake_server_address (world->server), fake_server_agent_id (world->server));

  end_session (world);
  error = sign_in (fake_server_address (world->server) + strlen ("http://"), "ana@example.com", "right", &world->session);
  g_assert_no_error (error);
  wait_until (cfa_session_get_keyring_missing (world->session));
  g_assert_cmpstr (cfa_session_get_agent_name (world->session), ==, "Ana");
  wait_live (world);
  end_session (world);

  cfa_session_restore_async (NULL, wait_keep_result, &result);
  wait_until (result != NULL);
  world->session = cfa_session_restore_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (cfa_session_get_link (world->session), ==, CFA_LINK_SIGNED_OUT);
  wait_until (the_conversation (world) != NULL);
  cfa_session_send_text (world->session, the_conversation (world), "unsent", NULL, NULL);
  g_assert_false (sign_out (world->session, FALSE, FALSE, &error));
  g_assert_error (error, CFA_SESSION_ERROR, CFA_SESSION_ERROR_UNSENT);
  g_clear_error (&error);
  end_session (world);

  error = sign_in (fake_server_address (world->server), "ana@example.com", "right", &world->session);
  g_assert_no_error (error);
  wait_live (world);
  wait_until (cfa_session_get_pending (world->session) == 0);
  g_assert_cmpuint (fake_server_count (world->server, world->id, "unsent"), ==, 1);
  g_assert_true (sign_out (world->session, FALSE, FALSE, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (fake_server_calls (world->server, "/api/v1/sessions/current"), ==, 1);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  end_session (world);
  g_clear_object (&result);
  cfa_session_restore_async (NULL, wait_keep_result, &result);
  wait_until (result != NULL);
  g_assert_null (cfa_session_restore_finish (result, &error));
  g_assert_error (error, CFA_SESSION_ERROR, CFA_SESSION_ERROR_NONE_SAVED);
}

static void
test_sign_out_offline (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  wait_live (world);
  fake_server_stop (world->server);
  g_assert_false (sign_out (world->session, TRUE, FALSE, &error));
  g_assert_error (error, CFA_SESSION_ERROR, CFA_SESSION_ERROR_UNREACHABLE);
  g_clear_error (&error);
  cfa_session_send_text (world->session, the_conversation (world), "lost on purpose", NULL, NULL);
  g_assert_true (sign_out (world->session, FALSE, TRUE, &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  static const struct { const char *path; void (*test) (World *, gconstpointer); } tests[] = {
    { "/app/session/first-copy", test_first_copy },
    { "/app/session/pages", test_pages },
    { "/app/session/unread-page", test_unread_page },
    { "/app/session/send", test_send },
    { "/app/session/live", test_live },
    { "/app/session/hole", test_hole },
    { "/app/session/drop-before", test_drop_before },
    { "/app/session/drop-after", test_drop_after },
    { "/app/session/unavailable", test_unavailable },
    { "/app/session/refused-message", test_refused_message },
    { "/app/session/discard", test_discard },
    { "/app/session/actions", test_actions },
    { "/app/session/offline", test_offline },
    { "/app/session/network-hints", test_network_hints },
    { "/app/session/two-drafts", test_two_drafts },
    { "/app/session/ended", test_ended },
    { "/app/session/closed-4001", test_closed_4001 },
    { "/app/session/older-server", test_older_server },
    { "/app/session/gone", test_gone },
    { "/app/session/restored-server", test_restored_server },
    { "/app/session/signals", test_signals },
    { "/app/session/search", test_search },
    { "/app/session/sign-in-errors", test_sign_in_errors },
    { "/app/session/sign-in-tls", test_sign_in_tls },
    { "/app/session/sign-in-and-out", test_sign_in_and_out },
    { "/app/session/sign-out-offline", test_sign_out_offline },
  };
  g_autofree char *folder = g_dir_make_tmp ("chatflow-session-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_setenv ("LC_ALL", "C", TRUE);
  cfa_pace_set (10);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, World, NULL, world_set_up, tests[i].test, world_tear_down);
  return g_test_run ();
}
