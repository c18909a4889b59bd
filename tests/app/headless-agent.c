/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * An agent without a window, for tests that want the client's real code: signs in with the arguments SERVER EMAIL PASSWORD (or
 * takes up the last session with --restore [TOKEN]), obeys commands on standard input, one a line, and prints events and answers on
 * standard output as JSON, one a line.
 *
 *   send CONVERSATION TEXT · note CONVERSATION TEXT · assign|unassign|close|reopen|read|open CONVERSATION · retry|discard MESSAGE ·
 *   attach|attach-note CONVERSATION PATH (sent as soon as it is up; "upload" tells how far it is) · fetch FILE (and "fetched" where it is) ·
 *   draft CONVERSATION TEXT · typing CONVERSATION on|off · presence online|away · search TEXT · retry-now · dump · sign-out · quit
 *
 * In TEXT, "\n" is a line break. "dump" prints every conversation with every message that can be had, then {"event":"dumped"}.
 */
#include "app/features/session/session-private.h"

#include "protocol/json.h"

#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *const link_words[] = { "connecting", "syncing", "live", "waiting", "signed_out" };
static const char *const state_words[] = { "sending", "sent", "seen", "failed" };

typedef struct
{
  GMainLoop *loop;
  CfaSession *session;
  GDataInputStream *input;
  GHashTable *held;  /* set of CfaConversation */
  GHashTable *lists; /* conversation id -> CfaMessageList */
  GPtrArray *dumping; /* of CfaConversation, (nullable) */
  guint dump_timer;
  int status;
} Agent;

static void read_line (Agent *self);

static void
member (GString *out, const char *name, const char *text)
{
  if (text == NULL)
    return;
  if (out->str[out->len - 1] != '{')
    g_string_append_c (out, ',');
  g_string_append_printf (out, "\"%s\":", name);
  cf_json_encode_string (out, text);
}

static void
number (GString *out, const char *name, gint64 value)
{
  if (out->str[out->len - 1] != '{')
    g_string_append_c (out, ',');
  g_string_append_printf (out, "\"%s\":%" G_GINT64_FORMAT, name, value);
}

static void
say (GString *out)
{
  g_string_append (out, "}\n");
  fputs (out->str, stdout);
  fflush (stdout);
  g_string_free (out, TRUE);
}

static GString *
event (const char *name)
{
  GString *out = g_string_new ("{");

  member (out, "event", name);
  return out;
}

static void
say_problem (const char *what, const char *text)
{
  GString *out = event (what);

  member (out, "message", text);
  say (out);
}

static GString *
message_json (CfaMessage *message, const char *conversation_id)
{
  GString *out = g_string_new ("{");

  member (out, "type", "message");
  member (out, "id", cfa_message_get_id (message));
  member (out, "conversation_id", conversation_id);
  number (out, "position", cfa_message_get_position (message));
  member (out, "kind", cf_message_kind_words[cfa_message_get_kind (message)]);
  member (out, "event", cf_message_event_words[cfa_message_get_event (message)]);
  member (out, "author_kind", cf_author_kind_words[cfa_message_get_author_kind (message)]);
  member (out, "author_id", cfa_message_get_author_id (message));
  member (out, "author_name", cfa_message_get_author_name (message));
  member (out, "target_name", cfa_message_get_target_name (message));
  member (out, "text", cfa_message_get_text (message));
  number (out, "created_at", cfa_message_get_created_at (message));
  member (out, "state", state_words[cfa_message_get_state (message)]);
  member (out, "error", cfa_message_get_error (message));
  return out;
}

static GString *
conversation_json (CfaConversation *conversation)
{
  GString *out = g_string_new ("{");

  member (out, "type", "conversation");
  member (out, "id", cfa_conversation_get_id (conversation));
  member (out, "title", cfa_conversation_get_title (conversation));
  member (out, "email", cfa_conversation_get_email (conversation));
  member (out, "site_name", cfa_conversation_get_site_name (conversation));
  member (out, "preview", cfa_conversation_get_preview (conversation));
  member (out, "status", cf_conversation_status_words[cfa_conversation_get_status (conversation)]);
  member (out, "assignee_id", cfa_conversation_get_assignee_id (conversation));
  member (out, "assignee_name", cfa_conversation_get_assignee_name (conversation));
  number (out, "unread", cfa_conversation_get_unread (conversation));
  number (out, "last_message_at", cfa_conversation_get_last_message_at (conversation));
  number (out, "waiting_since", cfa_conversation_get_waiting_since (conversation));
  number (out, "created_at", cfa_conversation_get_created_at (conversation));
  number (out, "online", cfa_conversation_get_online (conversation));
  member (out, "peek", cfa_conversation_get_peek (conversation));
  member (out, "typing_name", cfa_conversation_get_typing_name (conversation));
  member (out, "draft", cfa_conversation_get_draft (conversation, FALSE));
  return out;
}

static void
on_link (Agent *self)
{
  GString *out = event ("link");

  member (out, "link", link_words[cfa_session_get_link (self->session)]);
  member (out, "error", cfa_session_get_link_error (self->session));
  number (out, "pending", cfa_session_get_pending (self->session));
  say (out);
}

static void
on_pending (Agent *self)
{
  GString *out = event ("pending");

  number (out, "pending", cfa_session_get_pending (self->session));
  say (out);
}

static void
on_refused (Agent *self, const char *text)
{
  say_problem ("refused", text);
}

static void
say_conversation (CfaConversation *conversation)
{
  GString *out = event ("conversation");

  member (out, "inbox", cfa_conversation_get_status (conversation) == CF_CONVERSATION_CLOSED ? "closed" : "open");
  member (out, "id", cfa_conversation_get_id (conversation));
  member (out, "preview", cfa_conversation_get_preview (conversation));
  number (out, "unread", cfa_conversation_get_unread (conversation));
  say (out);
}

static void
on_arrived (CfaConversation *conversation)
{
  say_conversation (conversation);
}

/* Holds all that it has ever seen, so that commands can name them. */
static void
on_conversations (GListModel *model, guint position, guint removed, guint added, Agent *self)
{
  for (guint i = position; i < position + added; i++)
    {
      CfaConversation *conversation = g_list_model_get_item (model, i);

      if (!g_hash_table_add (self->held, conversation))
        ;
      else if (cfa_conversation_get_loading (conversation))
        g_signal_connect (conversation, "notify::loading", G_CALLBACK (on_arrived), NULL);
      if (!cfa_conversation_get_loading (conversation))
        say_conversation (conversation);
    }
}

static CfaMessageList *
open_list (Agent *self, CfaConversation *conversation)
{
  const char *id = cfa_conversation_get_id (conversation);
  CfaMessageList *list = g_hash_table_lookup (self->lists, id);

  if (list == NULL)
    {
      list = cfa_session_open_messages (self->session, conversation);
      g_hash_table_insert (self->lists, g_strdup (id), list);
    }
  return list;
}

/* Pulls every list up to its first message; what the server cannot be asked for now stays away. */
static gboolean
is_whole (Agent *self, CfaMessageList *list)
{
  if (cfa_message_list_get_loading (list))
    return FALSE;
  if (!cfa_message_list_get_has_older (list) || cfa_message_list_get_error (list) != NULL)
    return TRUE;
  if (cfa_session_get_link (self->session) != CFA_LINK_LIVE)
    return TRUE;
  cfa_message_list_load_older (list);
  return FALSE;
}

/* Everything that the inboxes show; FALSE while some of it is loading. */
static gboolean
gather (Agent *self)
{
  static const CfaInbox inboxes[] = { CFA_INBOX_ALL, CFA_INBOX_CLOSED };

  g_ptr_array_set_size (self->dumping, 0);
  for (guint i = 0; i < G_N_ELEMENTS (inboxes); i++)
    {
      GListModel *model = G_LIST_MODEL (cfa_session_get_inbox (self->session, inboxes[i]));

      for (guint j = 0; j < g_list_model_get_n_items (model); j++)
        g_ptr_array_add (self->dumping, g_list_model_get_item (model, j));
    }
  for (guint i = 0; i < self->dumping->len; i++)
    if (cfa_conversation_get_loading (self->dumping->pdata[i]))
      return FALSE;
  return TRUE;
}

static gboolean
on_dump (gpointer data)
{
  Agent *self = data;

  if (!gather (self))
    return G_SOURCE_CONTINUE;
  for (guint i = 0; i < self->dumping->len; i++)
    if (!is_whole (self, open_list (self, self->dumping->pdata[i])))
      return G_SOURCE_CONTINUE;
  for (guint i = 0; i < self->dumping->len; i++)
    {
      CfaConversation *conversation = self->dumping->pdata[i];
      GListModel *list = G_LIST_MODEL (open_list (self, conversation));

      say (conversation_json (conversation));
      for (guint j = 0; j < g_list_model_get_n_items (list); j++)
        {
          g_autoptr (CfaMessage) message = g_list_model_get_item (list, j);

          say (message_json (message, cfa_conversation_get_id (conversation)));
        }
    }
  say (event ("dumped"));
  g_clear_pointer (&self->dumping, g_ptr_array_unref);
  self->dump_timer = 0;
  read_line (self);
  return G_SOURCE_REMOVE;
}

static void
dump (Agent *self)
{
  self->dumping = g_ptr_array_new_with_free_func (g_object_unref);
  self->dump_timer = g_timeout_add (5, on_dump, self);
}

static CfaMessage *
find_message (Agent *self, const char *id)
{
  GHashTableIter iter;
  gpointer list;

  g_hash_table_iter_init (&iter, self->lists);
  while (g_hash_table_iter_next (&iter, NULL, &list))
    for (guint i = 0; i < g_list_model_get_n_items (list); i++)
      {
        g_autoptr (CfaMessage) message = g_list_model_get_item (list, i);

        if (g_str_equal (cfa_message_get_id (message), id))
          return g_steal_pointer (&message);
      }
  return NULL;
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = cfa_session_search_finish (CFA_SESSION (source), result, &error);

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      GString *out = event ("found");

      member (out, "id", ((CfaSearchHit *) found->pdata[i])->conversation_id);
      say (out);
    }
  say_problem ("searched", error != NULL ? error->message : NULL);
}

static void
search (Agent *self, const char *text)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (CfaSearchTerms) terms = cfa_search_terms_new (text, cfa_session_get_directory (self->session), cfa_session_get_agent_id (self->session), now);

  cfa_session_search_async (self->session, terms, NULL, on_searched, self);
}

static void
on_signed_out (GObject *source, GAsyncResult *result, gpointer data)
{
  Agent *self = data;
  g_autoptr (GError) error = NULL;

  if (cfa_session_sign_out_finish (CFA_SESSION (source), result, &error))
    g_main_loop_quit (self->loop);
  else
    {
      say_problem ("problem", error->message);
      read_line (self);
    }
}

static void
on_upload (CfaUpload *upload)
{
  static const char *const words[] = { "waiting", "sending", "checking", "ready", "failed" };
  GString *out = event ("upload");

  member (out, "name", cfa_upload_get_name (upload));
  member (out, "state", words[cfa_upload_get_state (upload)]);
  number (out, "sent", cfa_upload_get_sent (upload));
  member (out, "problem", cfa_upload_get_problem (upload));
  say (out);
}

static void
on_uploads (CfaUploadList *list, Agent *self)
{
  CfaConversation *conversation = cfa_session_get_conversation (self->session, cfa_upload_list_get_conversation (list));
  g_autofree char *names = cfa_upload_list_dup_names (list);
  g_auto (GStrv) ids = NULL;

  if (cfa_upload_list_get_state (list) != CFA_UPLOADS_READY || conversation == NULL)
    return;
  ids = cfa_upload_list_take (list);
  if (cfa_upload_list_get_note (list))
    cfa_session_add_note (self->session, conversation, names, NULL, NULL, (const char *const *) ids);
  else
    cfa_session_send_text (self->session, conversation, names, NULL, (const char *const *) ids);
}

static void
attach (Agent *self, const char *id, const char *path, gboolean note)
{
  CfaUploadList *list = cfa_session_get_uploads (self->session, id, note);
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (CfaUpload) upload = cfa_upload_new (name, file, NULL);

  g_signal_connect (upload, "changed", G_CALLBACK (on_upload), NULL);
  g_signal_handlers_disconnect_by_func (list, on_uploads, self);
  g_signal_connect (list, "changed", G_CALLBACK (on_uploads), self);
  cfa_session_attach (self->session, list, upload);
}

static void
on_attachment (CfaAttachment *attachment, Agent *self)
{
  GString *out;

  if (cfa_attachment_get_state (attachment) == CFA_ATTACHMENT_REMOTE && cfa_attachment_get_record (attachment) != NULL)
    cfa_session_fetch_attachment (self->session, attachment);
  if (cfa_attachment_get_state (attachment) != CFA_ATTACHMENT_HERE && cfa_attachment_get_state (attachment) != CFA_ATTACHMENT_FAILED)
    return;
  out = event ("fetched");
  member (out, "id", cfa_attachment_get_id (attachment));
  member (out, "path", cfa_attachment_get_path (attachment));
  member (out, "problem", cfa_attachment_get_problem (attachment));
  say (out);
  g_signal_handlers_disconnect_by_func (attachment, on_attachment, self);
  g_object_unref (attachment);
}

static void
fetch (Agent *self, const char *id)
{
  CfaAttachment *attachment = cfa_session_open_attachment (self->session, id);

  g_signal_connect (attachment, "changed", G_CALLBACK (on_attachment), self);
  on_attachment (attachment, self);
}

/* Returns: whether @verb is one that acts on a conversation. */
static gboolean
act (Agent *self, const char *verb, const char *id, const char *text)
{
  static const char *const verbs[] = { "send", "note", "assign", "unassign", "close", "reopen", "read", "open", "draft", "typing", "attach", "attach-note", NULL };
  CfaConversation *conversation;

  if (!g_strv_contains (verbs, verb))
    return FALSE;
  conversation = id != NULL ? cfa_session_get_conversation (self->session, id) : NULL;
  if (conversation == NULL)
    {
      say_problem ("problem", "no such conversation");
      return TRUE;
    }
  if (g_str_equal (verb, "send"))
    cfa_session_send_text (self->session, conversation, text, NULL, NULL);
  else if (g_str_equal (verb, "note"))
    cfa_session_add_note (self->session, conversation, text, NULL, NULL, NULL);
  else if (g_str_equal (verb, "assign"))
    cfa_session_assign_to_me (self->session, conversation);
  else if (g_str_equal (verb, "unassign"))
    cfa_session_unassign (self->session, conversation);
  else if (g_str_equal (verb, "close"))
    cfa_session_close (self->session, conversation);
  else if (g_str_equal (verb, "reopen"))
    cfa_session_reopen (self->session, conversation);
  else if (g_str_equal (verb, "read"))
    cfa_session_mark_read (self->session, conversation);
  else if (g_str_equal (verb, "draft"))
    cfa_session_set_draft (self->session, conversation, text, FALSE);
  else if (g_str_has_prefix (verb, "attach"))
    attach (self, id, text, g_str_equal (verb, "attach-note"));
  else if (g_str_equal (verb, "typing"))
    cfa_session_set_typing (self->session, conversation, g_str_equal (text, "on"));
  else
    open_list (self, conversation);
  return TRUE;
}

static void
on_message_command (Agent *self, gboolean retry, const char *id)
{
  g_autoptr (CfaMessage) message = id != NULL ? find_message (self, id) : NULL;

  if (message == NULL)
    say_problem ("problem", "no such message in an open conversation");
  else if (retry)
    cfa_session_retry_message (self->session, message);
  else
    cfa_session_discard_message (self->session, message);
}

/* Returns: whether the next line may be read now. */
static gboolean
obey (Agent *self, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 3);
  const char *verb = words[0] != NULL ? words[0] : "", *id = words[0] != NULL ? words[1] : NULL;
  g_autofree char *text = g_strcompress (id != NULL && words[2] != NULL ? words[2] : "");

  if (act (self, verb, id, text))
    return TRUE;
  if (g_str_equal (verb, "dump"))
    {
      dump (self);
      return FALSE;
    }
  if (g_str_equal (verb, "sign-out"))
    {
      cfa_session_sign_out_async (self->session, FALSE, NULL, on_signed_out, self);
      return FALSE;
    }
  if (g_str_equal (verb, "quit"))
    {
      g_main_loop_quit (self->loop);
      return FALSE;
    }
  if (g_str_equal (verb, "fetch"))
    fetch (self, id);
  else if (g_str_equal (verb, "retry") || g_str_equal (verb, "discard"))
    on_message_command (self, g_str_equal (verb, "retry"), id);
  else if (g_str_equal (verb, "presence"))
    cfa_session_set_presence (self->session, g_strcmp0 (id, "away") == 0 ? CF_PRESENCE_AWAY : CF_PRESENCE_ONLINE);
  else if (g_str_equal (verb, "search"))
    search (self, line + strlen ("search"));
  else if (g_str_equal (verb, "retry-now"))
    cfa_session_retry_now (self->session);
  else
    say_problem ("problem", "no such command");
  return TRUE;
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer data)
{
  Agent *self = data;
  g_autofree char *line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  if (line == NULL)
    g_main_loop_quit (self->loop);
  else if (obey (self, line))
    read_line (self);
}

static void
read_line (Agent *self)
{
  g_data_input_stream_read_line_async (self->input, G_PRIORITY_DEFAULT, NULL, on_line, self);
}

static void
begin (Agent *self, CfaSession *session, const GError *error)
{
  GString *out;

  self->session = session;
  if (session == NULL)
    {
      say_problem ("problem", error->message);
      self->status = 1;
      g_main_loop_quit (self->loop);
      return;
    }
  out = event ("session");
  member (out, "server", cfa_session_get_server (session));
  member (out, "agent_id", cfa_session_get_agent_id (session));
  member (out, "token", cfa_session_get_token (session));
  say (out);
  g_signal_connect_swapped (session, "notify::link", G_CALLBACK (on_link), self);
  g_signal_connect_swapped (session, "notify::pending", G_CALLBACK (on_pending), self);
  g_signal_connect_swapped (session, "refused", G_CALLBACK (on_refused), self);
  g_signal_connect (cfa_session_get_inbox (session, CFA_INBOX_ALL), "items-changed", G_CALLBACK (on_conversations), self);
  g_signal_connect (cfa_session_get_inbox (session, CFA_INBOX_CLOSED), "items-changed", G_CALLBACK (on_conversations), self);
  on_link (self);
  read_line (self);
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  CfaSession *session = cfa_session_sign_in_finish (result, &error);

  begin (data, session, error);
}

static void
on_restored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  CfaSession *session = cfa_session_restore_finish (result, &error);

  begin (data, session, error);
}

static void
on_cache (GObject *source, GAsyncResult *result, gpointer data)
{
  Agent *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfaCache) cache = cfa_cache_open_finish (result, &error);
  const char *token = g_object_get_data (G_OBJECT (self->input), "token");

  begin (self, cache != NULL ? cfa_session_new (cfa_account_load (), cache, token, TRUE) : NULL, error);
}

/* A machine without a keyring has nowhere to keep the token between two runs; then the test keeps it. */
static void
restore_with (Agent *self, char *token)
{
  g_autoptr (CfaAccount) account = cfa_account_load ();
  g_autoptr (GError) error = account == NULL ? g_error_new_literal (CFA_SESSION_ERROR, CFA_SESSION_ERROR_NONE_SAVED, "nobody is signed in") : NULL;

  g_object_set_data (G_OBJECT (self->input), "token", token);
  if (account == NULL)
    begin (self, NULL, error);
  else
    cfa_cache_open_async (account->server, account->agent_id, on_cache, self);
}

int
main (int argc, char **argv)
{
  Agent self = { 0 };
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);

  self.loop = g_main_loop_new (NULL, FALSE);
  self.input = g_data_input_stream_new (input);
  self.held = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self.lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  if (argc == 4)
    cfa_session_sign_in_async (argv[1], argv[2], argv[3], NULL, on_signed_in, &self);
  else if (argc == 2 && g_str_equal (argv[1], "--restore"))
    cfa_session_restore_async (NULL, on_restored, &self);
  else if (argc == 3 && g_str_equal (argv[1], "--restore"))
    restore_with (&self, argv[2]);
  else
    {
      fputs ("usage: headless-agent SERVER EMAIL PASSWORD | --restore [TOKEN]\n", stderr);
      return 2;
    }
  g_main_loop_run (self.loop);
  g_clear_handle_id (&self.dump_timer, g_source_remove);
  g_clear_pointer (&self.dumping, g_ptr_array_unref);
  g_hash_table_unref (self.lists);
  g_hash_table_unref (self.held);
  g_clear_object (&self.session);
  g_object_unref (self.input);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_main_loop_unref (self.loop);
  return self.status;
}
