/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "automation.h"
#include "dummy.h"

#include "app/cache/folder.h"
#include "crowd.h"
#include "people.h"
#include "ratings.h"
#include "app/features/replies/replies.h"
#include "team.h"

#include "protocol/error.h"
#include "protocol/id.h"

#include <gtk/gtk.h>

#define SEND_MS 400
#define SEE_MS 1200
#define RETRY_MS 8000

struct _CfaSession
{
  GObject parent_instance;

  CfaLink link;
  gint64 retry_at;
  CfPresenceState presence;
  gboolean fail_next;
  gboolean overtake_next;
  guint undo_seconds;
  GPtrArray *all;
  GHashTable *lists; /* folder -> CfaConversationList */
  CfaDirectory *directory;
  GPtrArray *outbox; /* CfaMessage under way */
  DummyTeam *team;
  DummyPeople *people;
  DummyCrowd *crowd;
  CfaReplies *replies;
};

static GParamSpec *link_property;
static guint refused_signal, counted_signal, gone_signal;

G_DEFINE_QUARK (cfa-session-error-quark, cfa_session_error)
G_DEFINE_FINAL_TYPE (CfaSession, cfa_session, G_TYPE_OBJECT)

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_int (value, CFA_SESSION (object)->link);
}

static void
finalize (GObject *object)
{
  CfaSession *self = CFA_SESSION (object);

  g_hash_table_unref (self->lists);
  g_object_unref (self->directory);
  g_ptr_array_unref (self->all);
  g_ptr_array_unref (self->outbox);
  dummy_team_free (self->team);
  dummy_people_free (self->people);
  dummy_crowd_free (self->crowd);
  cfa_replies_free (self->replies);
  G_OBJECT_CLASS (cfa_session_parent_class)->finalize (object);
}

static void
cfa_session_class_init (CfaSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = get_property;
  G_OBJECT_CLASS (klass)->finalize = finalize;
  link_property = g_param_spec_int ("link", NULL, NULL, 0, CFA_LINK_SIGNED_OUT, 0, G_PARAM_READABLE);
  g_object_class_install_property (G_OBJECT_CLASS (klass), 1, link_property);
  refused_signal = g_signal_new ("refused", CFA_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gone_signal = g_signal_new ("gone", CFA_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  counted_signal = g_signal_new ("counted", CFA_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("tested", CFA_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("called", CFA_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  g_signal_new ("happened", CFA_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  g_signal_new ("settled", CFA_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  g_signal_new ("monitored", CFA_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  g_signal_new ("reset", CFA_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* The names and the filters of the saved views. */
static void
follow_views (CfaSession *self)
{
  g_autoptr (GPtrArray) views = dummy_team_take_views (self->team);

  if (views->len == 0)
    return;
  cfa_directory_follow (self->directory, views);
  dummy_session_refill (self);
}

static void
add_canned (CfaSession *self, const char *shortcut, const char *title, const char *text, gboolean shared, gint64 uses)
{
  g_autoptr (CfCannedResponse) canned = cf_struct_new (&cf_canned_response_shape);

  canned->parent.id = cf_id_new ();
  canned->shortcut = g_strdup (shortcut);
  canned->title = g_strdup (title);
  canned->text = g_strdup (text);
  canned->owner_id = shared ? NULL : g_strdup (DUMMY_AGENT_ID);
  canned->uses = uses;
  cfa_replies_take (self->replies, &canned->parent);
}

static void
add_replies (CfaSession *self)
{
  g_autoptr (CfMacro) macro = cf_struct_new (&cf_macro_shape);

  self->replies = cfa_replies_new ();
  if (dummy_wants ("empty"))
    return;
  add_canned (self, "hello", "Greeting", "Hello {visitor.name|there}, this is {agent.name}. How can I help?", TRUE, 41);
  add_canned (self, "order", "Ask for the order", "Could you tell me the number of order {order.id}, {visitor.name|please}?", TRUE, 3);
  add_canned (self, "thanks", NULL, "Thank you! ✨", FALSE, 7);
  macro->parent.id = cf_id_new ();
  macro->name = g_strdup ("Settled_and closed");
  macro->text = g_strdup ("Glad that it works, {visitor.name|friend}.");
  macro->note = g_strdup ("Settled by macro");
  macro->close = TRUE;
  cfa_replies_take (self->replies, &macro->parent);
}

static void
cfa_session_init (CfaSession *self)
{
  g_autoptr (GPtrArray) team = dummy_content_team ();

  self->all = dummy_content_new ();
  add_replies (self);
  self->outbox = g_ptr_array_new_with_free_func (g_object_unref);
  self->presence = CF_PRESENCE_ONLINE;
  self->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->directory = cfa_directory_new ();
  cfa_directory_follow (self->directory, team);
  cfa_directory_set_presence (self->directory, DUMMY_COLLEAGUE_ID, CF_PRESENCE_ONLINE);
  for (int i = 0; i < CFA_N_INBOXES; i++)
    cfa_session_get_inbox (self, i);
  self->team = dummy_team_new ();
  self->people = dummy_people_new ();
  self->crowd = dummy_crowd_new (self);
  dummy_session_set_link (self, dummy_wants ("offline") ? CFA_LINK_WAITING : CFA_LINK_LIVE);
  follow_views (self);
  dummy_session_refill (self);
}

static void
changed (CfaSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), link_property);
}

DummyCrowd *dummy_session_get_crowd (CfaSession *self) { return self->crowd; }
GPtrArray *dummy_session_get_all (CfaSession *self) { return self->all; }
void dummy_session_fail_next (CfaSession *self) { self->fail_next = TRUE; }

void
dummy_session_refill (CfaSession *self)
{
  GHashTableIter iter;
  gpointer list;

  g_hash_table_iter_init (&iter, self->lists);
  while (g_hash_table_iter_next (&iter, NULL, &list))
    dummy_conversation_list_fill (list, self->all);
  g_signal_emit (self, counted_signal, 0);
}

static void
touched (CfaSession *self, CfaConversation *conversation)
{
  dummy_conversation_changed (conversation);
  dummy_session_refill (self);
}

static gboolean
see (gpointer data)
{
  g_autoptr (CfaMessage) message = data;

  dummy_message_set_state (message, CFA_MESSAGE_SEEN, NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
deliver (gpointer data)
{
  g_autoptr (CfaSession) self = data;

  while (self->link == CFA_LINK_LIVE && self->outbox->len > 0)
    {
      g_autoptr (CfaMessage) message = g_ptr_array_steal_index (self->outbox, 0);

      message->overtaken = self->overtake_next;
      if (self->overtake_next)
        dummy_message_set_state (message, CFA_MESSAGE_FAILED, "Chiara Conti has written meanwhile; read it, then send yours if it is still needed");
      else if (self->fail_next)
        dummy_message_set_state (message, CFA_MESSAGE_FAILED, "this conversation was deleted.");
      else
        {
          dummy_message_set_state (message, CFA_MESSAGE_SENT, NULL);
          if (message->kind == CF_MESSAGE_TEXT)
            g_timeout_add (SEE_MS, see, g_object_ref (message));
        }
      self->fail_next = self->overtake_next = FALSE;
    }
  changed (self);
  return G_SOURCE_REMOVE;
}

void
dummy_session_set_link (CfaSession *self, CfaLink link)
{
  self->link = link;
  self->retry_at = cf_now () + RETRY_MS;
  changed (self);
  g_timeout_add (SEND_MS, deliver, g_object_ref (self));
}

void
dummy_session_receive (CfaSession *self, CfaConversation *conversation, const char *text)
{
  g_clear_pointer (&conversation->peek, g_free);
  conversation->unread++;
  dummy_conversation_add (conversation, dummy_message_new (CF_MESSAGE_TEXT, CF_AUTHOR_VISITOR, conversation->title, text, cf_now ()));
  touched (self, conversation);
}

/* A visitor sends a picture and a document. */
void
dummy_session_bring (CfaSession *self, CfaConversation *conversation)
{
  CfaMessage *message = dummy_message_new (CF_MESSAGE_TEXT, CF_AUTHOR_VISITOR, conversation->title, "It came like this.", cf_now ());

  message->files = dummy_files_new (self);
  dummy_conversation_add (conversation, message);
  touched (self, conversation);
}

static void
fail_sign_in (GTask *task, const char *server, const char *password)
{
  if (strchr (server, '.') == NULL)
    g_task_return_new_error (task, CFA_SESSION_ERROR, CFA_SESSION_ERROR_BAD_ADDRESS, "There is no ChatFlow server at %s. Check the address.", server);
  else if (g_str_has_prefix (server, "down."))
    g_task_return_new_error (task, CFA_SESSION_ERROR, CFA_SESSION_ERROR_UNREACHABLE, "%s does not answer. Check the network and try again.", server);
  else if (g_str_has_prefix (server, "tls."))
    g_task_return_new_error (task, CFA_SESSION_ERROR, CFA_SESSION_ERROR_TLS, "The certificate of %s cannot be trusted. Check the address and this computer's clock, or ask your administrator.", server);
  else if (g_str_equal (password, "wrong"))
    g_task_return_new_error (task, CFA_SESSION_ERROR, CFA_SESSION_ERROR_REFUSED, "Email or password is wrong. Check both and try again.");
  else
    g_task_return_pointer (task, g_object_new (CFA_TYPE_SESSION, NULL), g_object_unref);
}

static gboolean
answer_sign_in (gpointer data)
{
  g_autoptr (GTask) task = data;
  char **params = g_task_get_task_data (task);

  if (!g_task_return_error_if_cancelled (task))
    fail_sign_in (task, params[0], params[1]);
  return G_SOURCE_REMOVE;
}

static void
cancelled (GCancellable *cancellable, GTask *task)
{
  GSource *source = g_object_get_data (G_OBJECT (task), "source");

  g_source_set_ready_time (source, 0);
}

static void
answer_later (GTask *task, const char *server, GSourceFunc answer, const char **params)
{
  GSource *source = g_timeout_source_new (strstr (server, "slow.") != NULL ? 60000 : 300);

  g_task_set_task_data (task, g_strdupv ((char **) params), (GDestroyNotify) g_strfreev);
  g_source_set_callback (source, answer, task, NULL);
  g_object_set_data_full (G_OBJECT (task), "source", source, (GDestroyNotify) g_source_unref);
  g_source_attach (source, NULL);
  g_signal_connect_object (g_task_get_cancellable (task), "cancelled", G_CALLBACK (cancelled), task, 0);
}

void
cfa_session_sign_in_async (const char *server, const char *email, const char *password, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
  const char *params[] = { server, password, NULL };

  answer_later (g_task_new (NULL, cancellable, callback, data), server, answer_sign_in, params);
}

/* "slow." never answers; of the others the token's first letter says what becomes of it. */
static gboolean
answer_show_invite (gpointer data)
{
  g_autoptr (GTask) task = data;
  char **params = g_task_get_task_data (task);
  CfInviteShowResult *shown;

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  if (strstr (params[0], "down.") != NULL)
    g_task_return_new_error (task, CFA_SESSION_ERROR, CFA_SESSION_ERROR_UNREACHABLE, "%s does not answer. Check the network and try again.", params[0]);
  else if (params[1][0] == 'E')
    g_task_return_new_error (task, CFA_SESSION_ERROR, CFA_SESSION_ERROR_INVITE, "This invitation is too old. Ask whoever sent it for another.");
  else
    {
      shown = cf_struct_new (&cf_invite_show_result_shape);
      shown->organisation_name = g_strdup ("Nordlicht Möbel");
      shown->invited_by_name = g_strdup ("Ana Sousa");
      shown->email = params[1][0] == 'O' ? NULL : g_strdup ("bruno@example.com");
      shown->name = params[1][0] == 'R' ? g_strdup ("Bruno Costa") : NULL;
      g_task_return_pointer (task, shown, cf_struct_unref);
    }
  return G_SOURCE_REMOVE;
}

void
cfa_session_show_invite_async (const char *server, const char *token, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  const char *params[] = { server, token, NULL };

  answer_later (g_task_new (NULL, cancellable, callback, data), server, answer_show_invite, params);
}

CfInviteShowResult *
cfa_session_show_invite_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
cfa_session_join_async (const char *server, const char *token, const char *name, const char *email, const char *password,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  const char *params[] = { "chat.example.com", password, NULL };

  answer_later (g_task_new (NULL, cancellable, callback, data), server, answer_sign_in, params);
}

static CfaSession *
finish (GAsyncResult *result, GError **error)
{
  CfaSession *session = g_task_propagate_pointer (G_TASK (result), error);

  if (session != NULL)
    dummy_control_run (session);
  return session;
}

CfaSession *cfa_session_sign_in_finish (GAsyncResult *result, GError **error) { return finish (result, error); }
CfaSession *cfa_session_restore_finish (GAsyncResult *result, GError **error) { return finish (result, error); }

void
cfa_session_restore_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);

  if (dummy_wants ("rtl"))
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  if (dummy_wants ("signed-out"))
    g_task_return_new_error (task, CFA_SESSION_ERROR, CFA_SESSION_ERROR_NONE_SAVED, "Nobody is signed in.");
  else if (dummy_wants ("keyring-locked"))
    g_task_return_new_error (task, CFA_SESSION_ERROR, CFA_SESSION_ERROR_KEYRING_LOCKED, "The keyring is locked.");
  else
    g_task_return_pointer (task, g_object_new (CFA_TYPE_SESSION, NULL), g_object_unref);
}

void
cfa_session_sign_out_async (CfaSession *self, gboolean everywhere, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_return_boolean (task, TRUE);
}

void
cfa_session_sign_out_force_async (CfaSession *self, gboolean everywhere, GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer data)
{
  cfa_session_sign_out_async (self, everywhere, cancellable, callback, data);
}

gboolean
cfa_session_sign_out_finish (CfaSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

CfaLink cfa_session_get_link (CfaSession *self) { return self->link; }
const char *cfa_session_get_link_error (CfaSession *self) { return NULL; }
gint64 cfa_session_get_retry_at (CfaSession *self) { return self->retry_at; }
const char *cfa_session_get_server (CfaSession *self) { return "https://chat.example.com"; }
const char *cfa_session_get_agent_id (CfaSession *self) { return DUMMY_AGENT_ID; }
const char *cfa_session_get_agent_name (CfaSession *self) { return DUMMY_AGENT_NAME; }
const char *cfa_session_get_agent_email (CfaSession *self) { return "bruno@example.com"; }
const char *cfa_session_get_organisation_name (CfaSession *self) { return "Northwind Traders"; }
CfaRecordList *cfa_session_get_records (CfaSession *self, const CfShape *shape) { return dummy_team_get (self->team, shape); }
const char *cfa_session_get_login_session_id (CfaSession *self) { return DUMMY_LOGIN_SESSION_ID; }
void dummy_session_steal (CfaSession *self, const char *name) { dummy_automation_steal (self->team, name); }

void
dummy_session_lose (CfaSession *self, CfaConversation *conversation)
{
  g_autoptr (CfaConversation) held = g_object_ref (conversation);

  g_ptr_array_remove (self->all, conversation);
  dummy_session_refill (self);
  g_signal_emit (self, gone_signal, 0, held->id);
}

void dummy_session_erase_person (CfaSession *self) { dummy_people_erase (self->people); }
void dummy_session_rename (CfaSession *self, const char *from, const char *to) 
{
  dummy_team_rename (self->team, from, to);
  dummy_people_rename (self->people, from, to);
}

CfRole
cfa_session_get_role (CfaSession *self)
{
  return dummy_wants ("agent") ? CF_ROLE_AGENT : dummy_wants ("supervisor") ? CF_ROLE_SUPERVISOR : CF_ROLE_ADMIN;
}

CfPresenceState
cfa_session_get_agent_presence (CfaSession *self, const char *agent_id)
{
  static const CfPresenceState states[] = { CF_PRESENCE_OFFLINE, CF_PRESENCE_ONLINE, CF_PRESENCE_AWAY };

  return states[agent_id[strlen (agent_id) - 1] % G_N_ELEMENTS (states)];
}

void
cfa_session_call_async (CfaSession *self, const char *method, gconstpointer params, const CfShape *result,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  if (self->link != CFA_LINK_LIVE)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "Changes need a connection. Try again when ChatFlow is online.");
  else if (self->fail_next)
    g_task_return_new_error (task, CF_ERROR, CF_ERROR_CONFLICT, "name: another one is called so");
  else if (!dummy_ratings_call (method, params, task) && !dummy_people_call (self->people, method, params, task) && !dummy_crowd_call (self->crowd, method, params, task))
    dummy_team_call (self->team, method, params, task);
  self->fail_next = FALSE;
  follow_views (self);
}

gpointer
cfa_session_call_finish (CfaSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
CfPresenceState cfa_session_get_presence (CfaSession *self) { return self->presence; }
guint cfa_session_get_pending (CfaSession *self) { return self->outbox->len; }
gboolean cfa_session_get_keyring_missing (CfaSession *self) { return dummy_wants ("keyring-missing"); }
CfaConversationList *cfa_session_get_inbox (CfaSession *self, CfaInbox inbox) { return cfa_session_get_folder (self, cfa_folder_of_inbox (inbox)); }
CfaDirectory *cfa_session_get_directory (CfaSession *self) { return self->directory; }
void cfa_session_set_viewing (CfaSession *self, CfaConversation *conversation) { }
void dummy_session_overtake_next (CfaSession *self) { self->overtake_next = TRUE; }
void cfa_session_retry_now (CfaSession *self) { dummy_session_set_link (self, CFA_LINK_LIVE); }
void cfa_session_set_urgent_after (CfaSession *self, guint minutes) { }
void cfa_session_set_typing (CfaSession *self, CfaConversation *conversation, gboolean active) { }

void
cfa_session_set_presence (CfaSession *self, CfPresenceState state)
{
  self->presence = state;
  changed (self);
}

CfaConversationList *
cfa_session_get_folder (CfaSession *self, const char *folder)
{
  CfaConversationList *list = g_hash_table_lookup (self->lists, folder);

  if (list != NULL)
    return list;
  list = dummy_conversation_list_new (folder, dummy_wants ("loading"), self->directory);
  g_hash_table_insert (self->lists, g_strdup (folder), list);
  dummy_conversation_list_fill (list, self->all);
  return list;
}

CfaCount
cfa_session_get_count (CfaSession *self, const char *folder)
{
  CfaConversationList *list = cfa_session_get_folder (self, folder);
  CfaCount count = { g_list_model_get_n_items (G_LIST_MODEL (list)), cfa_conversation_list_get_unread (list) };

  return count;
}

CfaConversation *
cfa_session_get_conversation (CfaSession *self, const char *id)
{
  for (guint i = 0; i < self->all->len; i++)
    if (g_str_equal (cfa_conversation_get_id (self->all->pdata[i]), id))
      return self->all->pdata[i];
  return NULL;
}

CfaVisitor *cfa_session_open_visitor (CfaSession *self, CfaConversation *conversation) { return dummy_people_open (self->people, conversation); }

void
cfa_session_write_visitor (CfaSession *self, CfaVisitor *visitor, const char *method, gconstpointer params)
{
  dummy_people_write (self->people, visitor, method, params);
}

/* Who has an address has been here before. */
void
cfa_session_past_async (CfaSession *self, CfaVisitor *visitor, GAsyncReadyCallback callback, gpointer data)
{
  static const struct { const char *preview, *comment; gint64 rating; } past[] = {
    { "Thank you, that was quick!", "Bruno knew at once what was wrong.", 5 },
    { "Is there a discount for schools? We would need forty of them before the holidays begin.", NULL, 0 },
    { "It came broken again.", "Third time.", 2 },
  };
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  GPtrArray *records = cf_structs_new ();

  for (guint i = 0; cfa_visitor_get (visitor)->email != NULL && i < G_N_ELEMENTS (past); i++)
    {
      CfConversation *record = cf_struct_new (&cf_conversation_shape);

      record->parent.id = g_strdup (((CfaConversation *) self->all->pdata[MIN (i + 1, self->all->len - 1)])->id);
      record->preview = g_strdup (past[i].preview);
      record->rating = past[i].rating;
      record->rating_comment = g_strdup (past[i].comment);
      record->status = i == 1 ? CF_CONVERSATION_OPEN : CF_CONVERSATION_CLOSED;
      record->last_message_at = G_GINT64_CONSTANT (1766000000000) - i * G_GINT64_CONSTANT (900000000);
      g_ptr_array_add (records, record);
    }
  g_task_return_pointer (task, records, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *cfa_session_past_finish (CfaSession *self, GAsyncResult *result, GError **error) { return g_task_propagate_pointer (G_TASK (result), error); }

CfaMessageList *
cfa_session_open_messages (CfaSession *self, CfaConversation *conversation)
{
  CfaMessageList *list = g_weak_ref_get (&conversation->list);

  if (list == NULL)
    {
      list = dummy_message_list_new (conversation);
      g_weak_ref_set (&conversation->list, list);
    }
  return list;
}

static void
say (CfaSession *self, CfaConversation *conversation, CfMessageKind kind, CfMessageEvent event, const char *text, const char *reply_to,
     const char *const *files)
{
  CfaMessage *message = dummy_message_new (kind, CF_AUTHOR_AGENT, DUMMY_AGENT_NAME, text, cf_now ());

  message->event = event;
  message->reply_to = g_strdup (reply_to);
  message->files = files != NULL && files[0] != NULL ? g_strdupv ((char **) files) : NULL;
  message->state = kind == CF_MESSAGE_EVENT ? CFA_MESSAGE_SENT : CFA_MESSAGE_SENDING;
  message->due = kind == CF_MESSAGE_TEXT && self->undo_seconds > 0 ? cf_now () + (gint64) self->undo_seconds * 1000 : 0;
  dummy_conversation_add (conversation, message);
  if (kind != CF_MESSAGE_EVENT)
    g_ptr_array_add (self->outbox, g_object_ref (message));
  g_timeout_add (MAX (SEND_MS, kind == CF_MESSAGE_TEXT ? self->undo_seconds * 1000 : 0), deliver, g_object_ref (self));
  touched (self, conversation);
}

void
cfa_session_send_text (CfaSession *self, CfaConversation *conversation, const char *text, const char *reply_to, const char *const *files)
{
  conversation->status = CF_CONVERSATION_OPEN;
  say (self, conversation, CF_MESSAGE_TEXT, CF_MESSAGE_EVENT_NONE, text, reply_to, files);
}

void
cfa_session_add_note (CfaSession *self, CfaConversation *conversation, const char *text, const char *reply_to,
                      const char *const *mentions, const char *const *files)
{
  say (self, conversation, CF_MESSAGE_NOTE, CF_MESSAGE_EVENT_NONE, text, reply_to, files);
}

void
cfa_session_retry_message (CfaSession *self, CfaMessage *message)
{
  dummy_message_set_state (message, CFA_MESSAGE_SENDING, NULL);
  g_ptr_array_add (self->outbox, g_object_ref (message));
  g_timeout_add (SEND_MS, deliver, g_object_ref (self));
}

void cfa_session_set_undo_send (CfaSession *self, guint seconds) { self->undo_seconds = seconds; }

void
cfa_session_put_back (CfaSession *self, CfaConversation *conversation, const char *text, const char *const *files, gboolean note)
{
  const char *draft = note ? conversation->note_draft : conversation->draft;
  g_autofree char *joined = draft != NULL ? g_strconcat (text, "\n\n", draft, NULL) : g_strdup (text);

  cfa_session_set_draft (self, conversation, joined, note);
  if (files != NULL)
    cfa_session_attach_again (self, conversation->id, note, files);
}

gboolean
cfa_session_take_back (CfaSession *self, CfaConversation *conversation, CfaMessage *message)
{
  g_autoptr (CfaMessage) kept = g_object_ref (message);

  if (message->state != CFA_MESSAGE_FAILED && cfa_message_get_due (message) <= cf_now ())
    return FALSE;
  g_ptr_array_remove (self->outbox, message);
  cfa_session_discard_message (self, message);
  cfa_session_put_back (self, conversation, message->text, (const char *const *) message->files, message->kind == CF_MESSAGE_NOTE);
  return TRUE;
}

void
cfa_session_discard_message (CfaSession *self, CfaMessage *message)
{
  for (guint i = 0; i < self->all->len; i++)
    dummy_conversation_drop (self->all->pdata[i], message);
}

static void
assign (CfaSession *self, CfaConversation *conversation, const char *id, CfMessageEvent event)
{
  g_free (conversation->assignee_id);
  g_free (conversation->assignee_name);
  conversation->assignee_id = g_strdup (id);
  conversation->assignee_name = id != NULL ? g_strdup (DUMMY_AGENT_NAME) : NULL;
  say (self, conversation, CF_MESSAGE_EVENT, event, NULL, NULL, NULL);
}

void
cfa_session_assign_to_me (CfaSession *self, CfaConversation *conversation)
{
  assign (self, conversation, DUMMY_AGENT_ID, CF_MESSAGE_EVENT_ASSIGNED);
}

void
cfa_session_unassign (CfaSession *self, CfaConversation *conversation)
{
  assign (self, conversation, NULL, CF_MESSAGE_EVENT_UNASSIGNED);
}

GListModel *cfa_session_get_canned (CfaSession *self) { return cfa_replies_get_canned (self->replies); }
GListModel *cfa_session_get_macros (CfaSession *self) { return cfa_replies_get_macros (self->replies); }
void cfa_session_save_canned (CfaSession *self, const CfCannedResponse *canned) { cfa_replies_take (self->replies, (CfRecord *) canned); }
void cfa_session_save_macro (CfaSession *self, const CfMacro *macro) { cfa_replies_take (self->replies, (CfRecord *) macro); }

void
cfa_session_remove_reply (CfaSession *self, CfaReply *reply)
{
  g_autoptr (CfRecord) stone = cf_record_tombstone (cfa_replies_get (self->replies, cfa_reply_get_id (reply)));

  cfa_replies_take (self->replies, stone);
}

void
cfa_session_use_reply (CfaSession *self, CfaReply *reply)
{
  g_autoptr (CfRecord) record = cf_struct_copy (cfa_replies_get (self->replies, cfa_reply_get_id (reply)));

  if (cfa_reply_get_canned (reply) != NULL)
    ((CfCannedResponse *) record)->uses++;
  else
    ((CfMacro *) record)->uses++;
  cfa_replies_take (self->replies, record);
}

void
cfa_session_close (CfaSession *self, CfaConversation *conversation)
{
  conversation->status = CF_CONVERSATION_CLOSED;
  say (self, conversation, CF_MESSAGE_EVENT, CF_MESSAGE_EVENT_CLOSED, NULL, NULL, NULL);
}

void
cfa_session_reopen (CfaSession *self, CfaConversation *conversation)
{
  conversation->status = CF_CONVERSATION_OPEN;
  say (self, conversation, CF_MESSAGE_EVENT, CF_MESSAGE_EVENT_REOPENED, NULL, NULL, NULL);
}

void
cfa_session_send_anyway (CfaSession *self, CfaConversation *conversation, CfaMessage *message)
{
  cfa_session_retry_message (self, message);
}

void
cfa_session_transfer (CfaSession *self, CfaConversation *conversation, const char *agent_id, const char *department_id, const char *note)
{
  g_autofree char *name = g_strdup (cfa_directory_get_name (self->directory, agent_id != NULL ? agent_id : department_id));
  CfaMessage *event;

  g_free (conversation->assignee_id);
  g_free (conversation->assignee_name);
  conversation->assignee_id = g_strdup (agent_id);
  conversation->assignee_name = agent_id != NULL ? g_strdup (name) : NULL;
  if (note != NULL && *note != '\0')
    say (self, conversation, CF_MESSAGE_NOTE, CF_MESSAGE_EVENT_NONE, note, NULL, NULL);
  event = dummy_message_new (CF_MESSAGE_EVENT, CF_AUTHOR_AGENT, DUMMY_AGENT_NAME, NULL, cf_now ());
  event->event = CF_MESSAGE_EVENT_TRANSFERRED;
  event->target_name = g_strdup (name);
  dummy_conversation_add (conversation, event);
  touched (self, conversation);
}

void
cfa_session_escalate (CfaSession *self, CfaConversation *conversation, gboolean escalated, const char *note)
{
  conversation->escalated_at = escalated ? cf_now () : 0;
  if (note != NULL && *note != '\0')
    say (self, conversation, CF_MESSAGE_NOTE, CF_MESSAGE_EVENT_NONE, note, NULL, NULL);
  say (self, conversation, CF_MESSAGE_EVENT, escalated ? CF_MESSAGE_EVENT_ESCALATED : CF_MESSAGE_EVENT_DEESCALATED, NULL, NULL, NULL);
}

void
cfa_session_snooze (CfaSession *self, CfaConversation *conversation, gint64 until)
{
  conversation->snoozed_until = until;
  say (self, conversation, CF_MESSAGE_EVENT, until > 0 ? CF_MESSAGE_EVENT_SNOOZED : CF_MESSAGE_EVENT_WOKEN, NULL, NULL, NULL);
}

void
cfa_session_tag (CfaSession *self, CfaConversation *conversation, const char *const *tags)
{
  char **before = conversation->tags;

  conversation->tags = g_strdupv ((char **) tags);
  g_strfreev (before);
  touched (self, conversation);
}

void
cfa_session_pin (CfaSession *self, CfaConversation *conversation, const char *message_id)
{
  char *before = conversation->pinned_id;

  conversation->pinned_id = g_strdup (message_id);
  g_free (before);
  touched (self, conversation);
}

void
cfa_session_edit_message (CfaSession *self, CfaConversation *conversation, CfaMessage *message, const char *text)
{
  g_free (message->text);
  message->text = g_strdup (text);
  message->edited = TRUE;
  dummy_message_set_state (message, message->state, NULL);
}

void
cfa_session_remove_message (CfaSession *self, CfaConversation *conversation, CfaMessage *message)
{
  message->removed = TRUE;
  dummy_message_set_state (message, message->state, NULL);
}

void
cfa_session_mark_read (CfaSession *self, CfaConversation *conversation)
{
  conversation->unread = 0;
  touched (self, conversation);
}

void
cfa_session_set_draft (CfaSession *self, CfaConversation *conversation, const char *text, gboolean note)
{
  char **slot = note ? &conversation->note_draft : &conversation->draft;

  g_free (*slot);
  *slot = *text != '\0' ? g_strdup (text) : NULL;
  dummy_conversation_changed (conversation);
}

void
cfa_session_next_unread_async (CfaSession *self, const char *folder, CfaConversation *after, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  CfaConversationList *list = cfa_session_get_folder (self, folder);
  GListModel *model = G_LIST_MODEL (list);
  guint count = g_list_model_get_n_items (model);
  guint start = after != NULL ? cfa_conversation_list_find (list, after) : CFA_NOWHERE;

  for (guint i = 0; i < count; i++)
    {
      g_autoptr (CfaConversation) conversation = g_list_model_get_item (model, (start + 1 + i) % count);

      if (conversation == after || conversation->unread == 0 || conversation->status != CF_CONVERSATION_OPEN)
        continue;
      g_task_return_pointer (task, g_steal_pointer (&conversation), g_object_unref);
      return;
    }
  g_task_return_pointer (task, NULL, NULL);
}

void
cfa_session_find_async (CfaSession *self, const char *id, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  CfaConversation *found = cfa_session_get_conversation (self, id);

  g_task_return_pointer (task, found != NULL ? g_object_ref (found) : NULL, g_object_unref);
}

CfaConversation *
cfa_session_find_finish (CfaSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

CfaConversation *
cfa_session_next_unread_finish (CfaSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
cfa_session_list_async (CfaSession *self, const char *folder, CfaOrder order, guint most, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  GListModel *list = G_LIST_MODEL (cfa_session_get_folder (self, folder));
  GListStore *found = g_list_store_new (CFA_TYPE_CONVERSATION);

  for (guint i = 0; i < MIN (most, g_list_model_get_n_items (list)); i++)
    {
      g_autoptr (CfaConversation) conversation = g_list_model_get_item (list, i);

      g_list_store_append (found, conversation);
    }
  g_task_return_pointer (task, found, g_object_unref);
}

GListModel *
cfa_session_list_finish (CfaSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
