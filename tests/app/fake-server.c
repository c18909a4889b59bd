/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-server.h"

#include "protocol/id.h"
#include "protocol/methods/conversation-params.h"
#include "protocol/methods/file-params.h"
#include "protocol/methods/results.h"
#include "protocol/methods/scheduled-params.h"
#include "protocol/methods/session.h"
#include "protocol/records/organisation.h"
#include "protocol/records/site.h"
#include "protocol/rpc.h"

#include <string.h>

typedef struct
{
  SoupWebsocketConnection *web;
  gboolean live;
  gint64 told;
} Peer;

typedef struct
{
  FakeTrouble trouble;
  CfError error;
  gint64 retry_after_ms;
} Trouble;

struct _FakeServer
{
  SoupServer *soup;
  guint port;
  char *address;
  char *name;
  char *agent_id;
  char *site_id;
  GHashTable *records; /* id -> CfRecord */
  gint64 rev;
  guint page;
  gint64 epoch;
  int login_error, open_error; /* CfError, or -1 */
  GHashTable *troubles; /* method -> Trouble */
  GHashTable *calls;    /* method -> count */
  GPtrArray *peers;
  gboolean mute;
  GHashTable *contents; /* id of a file -> GByteArray */
  gint64 file_max;
  char *last_frame;
  GPtrArray *touched; /* of CfRecord, by the call at hand */
  GTlsCertificate *certificate; /* (nullable): then the server speaks TLS alone */
};

static void
peer_free (Peer *peer)
{
  g_signal_handlers_disconnect_matched (peer->web, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, peer);
  g_object_unref (peer->web);
  g_free (peer);
}

static gpointer
find (FakeServer *self, const char *id)
{
  return id != NULL ? g_hash_table_lookup (self->records, id) : NULL;
}

/* The record is the server's from here on; what is sent out is this very struct, so changes are made on a copy. */
static void
put (FakeServer *self, gpointer record)
{
  CfRecord *r = record;

  r->rev = self->rev;
  g_hash_table_replace (self->records, g_strdup (r->id), r);
  g_ptr_array_add (self->touched, cf_struct_ref (r));
}

static void
begin (FakeServer *self)
{
  self->rev++;
  g_ptr_array_set_size (self->touched, 0);
}

static void
send_text (Peer *peer, const char *text)
{
  if (soup_websocket_connection_get_state (peer->web) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_send_text (peer->web, text);
}

static void
push (FakeServer *self)
{
  for (guint i = 0; i < self->peers->len; i++)
    {
      Peer *peer = self->peers->pdata[i];
      g_autoptr (CfChanges) changes = cf_struct_new (&cf_changes_shape);
      g_autoptr (GString) text = g_string_new (NULL);

      if (!peer->live)
        continue;
      changes->prev = peer->told;
      changes->rev = peer->told = self->rev;
      changes->records = g_ptr_array_ref (self->touched);
      cf_rpc_write_notification (text, "changes", changes, CF_AUDIENCE_STAFF);
      g_free (self->last_frame);
      self->last_frame = g_strdup (text->str);
      if (!self->mute)
        send_text (peer, text->str);
    }
}

static int
by_rev (gconstpointer a, gconstpointer b)
{
  const CfRecord *left = *(CfRecord **) a, *right = *(CfRecord **) b;

  if (left->rev != right->rev)
    return left->rev < right->rev ? -1 : 1;
  return strcmp (left->id, right->id);
}

/* Whole revisions only, oldest first, about as many records as a page holds. */
static GPtrArray *
page_since (FakeServer *self, gint64 since, gint64 *rev, gboolean *more)
{
  g_autoptr (GPtrArray) all = cf_structs_new ();
  GPtrArray *page = cf_structs_new ();
  GHashTableIter iter;
  gpointer record;
  guint i;

  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    if (((CfRecord *) record)->rev > since)
      g_ptr_array_add (all, cf_struct_ref (record));
  g_ptr_array_sort (all, by_rev);
  for (i = 0; i < all->len; i++)
    {
      CfRecord *r = all->pdata[i];

      if (i >= self->page && r->rev != ((CfRecord *) all->pdata[i - 1])->rev)
        break;
      g_ptr_array_add (page, cf_struct_ref (r));
    }
  *more = i < all->len;
  *rev = *more ? ((CfRecord *) all->pdata[i - 1])->rev : self->rev;
  return page;
}

static gpointer
fail (GError **error, CfError code, const char *text)
{
  g_set_error_literal (error, CF_ERROR, code, text);
  return NULL;
}

static gpointer
answer_touched (FakeServer *self)
{
  CfRecordsResult *result = cf_struct_new (&cf_records_result_shape);

  result->rev = self->rev;
  result->records = cf_structs_new ();
  for (guint i = 0; i < self->touched->len; i++)
    g_ptr_array_add (result->records, cf_struct_ref (self->touched->pdata[i]));
  return result;
}

static CfMessage *
add_message (FakeServer *self, const char *id, const char *conversation_id, CfMessageKind kind, CfAuthorKind author_kind, const char *text,
             char **files)
{
  CfMessage *message = cf_struct_new (&cf_message_shape);

  message->parent.id = g_strdup (id);
  message->conversation_id = g_strdup (conversation_id);
  message->position = self->rev;
  message->kind = kind;
  message->staff_only = kind == CF_MESSAGE_NOTE;
  message->author_kind = author_kind;
  message->author_id = g_strdup (author_kind == CF_AUTHOR_AGENT ? self->agent_id : ((CfConversation *) find (self, conversation_id))->visitor_id);
  message->author_name = g_strdup (author_kind == CF_AUTHOR_AGENT ? "Ana" : NULL);
  message->text = g_strdup (text);
  message->files = g_strdupv (files);
  message->created_at = cf_now ();
  put (self, message);
  return message;
}

static void
touch_conversation (FakeServer *self, const CfMessage *message)
{
  CfConversation *conversation = cf_struct_copy (find (self, message->conversation_id));

  g_free (conversation->preview);
  conversation->preview = g_strdup (message->text);
  conversation->last_message_at = message->created_at;
  conversation->last_position = message->position;
  conversation->last_author = message->author_kind;
  conversation->status = CF_CONVERSATION_OPEN;
  conversation->waiting_since = message->author_kind == CF_AUTHOR_VISITOR ? message->created_at : 0;
  put (self, conversation);
}

static gpointer
do_message (FakeServer *self, const CfMessageSendParams *params, gboolean note, GError **error)
{
  CfMessage *message = find (self, params->id);

  if (find (self, params->conversation_id) == NULL)
    return fail (error, CF_ERROR_NOT_FOUND, "no such conversation");
  if (message != NULL)
    {
      if (g_strcmp0 (message->text, params->text) != 0)
        return fail (error, CF_ERROR_CONFLICT, "same id, other text");
      g_ptr_array_set_size (self->touched, 0);
      g_ptr_array_add (self->touched, cf_struct_ref (message));
      return answer_touched (self);
    }
  begin (self);
  message = add_message (self, params->id, params->conversation_id, note ? CF_MESSAGE_NOTE : CF_MESSAGE_TEXT, CF_AUTHOR_AGENT, params->text, params->files);
  if (!note)
    touch_conversation (self, message);
  push (self);
  return answer_touched (self);
}

static gpointer
do_action (FakeServer *self, const char *method, const CfConversationActionParams *params, GError **error)
{
  CfConversation *conversation = find (self, params->id);
  CfMessage *message;

  if (conversation == NULL)
    return fail (error, CF_ERROR_NOT_FOUND, "no such conversation");
  begin (self);
  conversation = cf_struct_copy (conversation);
  message = add_message (self, params->event_id, params->id, CF_MESSAGE_EVENT, CF_AUTHOR_AGENT, NULL, NULL);
  if (g_str_equal (method, "conversation.close"))
    {
      conversation->status = CF_CONVERSATION_CLOSED;
      message->event = CF_MESSAGE_EVENT_CLOSED;
    }
  else if (g_str_equal (method, "conversation.reopen"))
    {
      conversation->status = CF_CONVERSATION_OPEN;
      message->event = CF_MESSAGE_EVENT_REOPENED;
    }
  else
    {
      gboolean assign = !g_str_equal (method, "conversation.unassign");

      g_clear_pointer (&conversation->assignee_id, g_free);
      conversation->assignee_id = assign ? g_strdup (self->agent_id) : NULL;
      message->event = assign ? CF_MESSAGE_EVENT_ASSIGNED : CF_MESSAGE_EVENT_UNASSIGNED;
    }
  put (self, conversation);
  push (self);
  return answer_touched (self);
}

static CfReadMark *
find_mark (FakeServer *self, const char *conversation_id, const char *reader_id)
{
  GHashTableIter iter;
  gpointer record;

  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    if (((CfStruct *) record)->shape == &cf_read_mark_shape
        && g_str_equal (((CfReadMark *) record)->conversation_id, conversation_id)
        && g_str_equal (((CfReadMark *) record)->reader_id, reader_id))
      return record;
  return NULL;
}

static void
mark (FakeServer *self, const char *conversation_id, CfAuthorKind kind, const char *reader_id, gint64 position)
{
  CfReadMark *before = find_mark (self, conversation_id, reader_id), *now = before != NULL ? cf_struct_copy (before) : cf_struct_new (&cf_read_mark_shape);

  begin (self);
  if (before == NULL)
    {
      now->parent.id = cf_id_new ();
      now->conversation_id = g_strdup (conversation_id);
      now->reader_kind = kind;
      now->reader_id = g_strdup (reader_id);
    }
  now->position = MAX (now->position, position);
  now->read_at = cf_now ();
  put (self, now);
  push (self);
}

static int
newest_first (gconstpointer a, gconstpointer b)
{
  const CfMessage *left = *(CfMessage **) a, *right = *(CfMessage **) b;

  return left->position > right->position ? -1 : left->position < right->position;
}

static gpointer
do_message_list (FakeServer *self, const CfMessageListParams *params)
{
  CfRecordsResult *result = cf_struct_new (&cf_records_result_shape);
  GHashTableIter iter;
  gpointer record;

  result->records = cf_structs_new ();
  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    {
      CfMessage *message = record;

      if (((CfStruct *) record)->shape == &cf_message_shape && g_strcmp0 (message->conversation_id, params->conversation_id) == 0
          && (params->before == 0 || message->position < params->before))
        g_ptr_array_add (result->records, cf_struct_ref (message));
    }
  g_ptr_array_sort (result->records, newest_first);
  result->more = result->records->len > (guint) params->limit;
  if (result->more)
    g_ptr_array_set_size (result->records, params->limit);
  return result;
}

static gpointer
do_open (FakeServer *self, Peer *peer, const CfOpenParams *params, GError **error)
{
  CfOpenResult *result;

  if (self->open_error >= 0)
    return fail (error, self->open_error, "no");
  result = cf_struct_new (&cf_open_result_shape);
  result->role = CF_PEER_AGENT;
  result->id = g_strdup (self->agent_id);
  result->epoch = self->epoch;
  result->reset = params->since > self->rev || (params->since > 0 && params->epoch != self->epoch);
  result->records = page_since (self, result->reset ? 0 : params->since, &result->rev, &result->more);
  peer->live = !result->more;
  peer->told = result->rev;
  return result;
}

static gpointer
do_sync (FakeServer *self, Peer *peer, const CfSyncParams *params)
{
  CfRecordsResult *result = cf_struct_new (&cf_records_result_shape);

  result->records = page_since (self, params->since, &result->rev, &result->more);
  if (!result->more)
    {
      peer->live = TRUE;
      peer->told = result->rev;
    }
  return result;
}

static gpointer
do_get (FakeServer *self, const CfIdParams *params, GError **error)
{
  CfConversation *conversation = find (self, params->id);

  if (conversation == NULL)
    return fail (error, CF_ERROR_NOT_FOUND, "no such conversation");
  g_ptr_array_set_size (self->touched, 0);
  g_ptr_array_add (self->touched, cf_struct_ref (conversation));
  g_ptr_array_add (self->touched, cf_struct_ref (find (self, conversation->visitor_id)));
  return answer_touched (self);
}

/* The file as it is now, and where its content goes, or is. */
static CfFileResult *
answer_file (FakeServer *self, CfFile *file)
{
  CfFileResult *result = cf_struct_new (&cf_file_result_shape);

  result->rev = file->parent.rev;
  result->records = cf_structs_new ();
  g_ptr_array_add (result->records, cf_struct_ref (file));
  return result;
}

static gpointer
do_file_create (FakeServer *self, const CfFileCreateParams *params, GError **error)
{
  CfFile *file = find (self, params->id);
  CfFileResult *result;

  if (params->size > self->file_max)
    return fail (error, CF_ERROR_TOO_LARGE, "size: got too many bytes");
  if (file == NULL)
    {
      begin (self);
      file = cf_struct_new (&cf_file_shape);
      file->parent.id = g_strdup (params->id);
      file->conversation_id = g_strdup (params->conversation_id);
      file->author_kind = CF_AUTHOR_AGENT;
      file->author_id = g_strdup (self->agent_id);
      file->name = g_strdup (params->name);
      file->size = params->size;
      file->staff_only = params->note;
      put (self, file);
      push (self);
      g_hash_table_replace (self->contents, g_strdup (params->id), g_byte_array_new ());
    }
  result = answer_file (self, file);
  result->upload = g_strdup_printf ("/api/v1/files/%s/content", params->id);
  return result;
}

static gpointer
do_file_link (FakeServer *self, const CfFileParams *params, GError **error)
{
  CfFile *file = find (self, params->id);
  CfFileResult *result;

  if (file == NULL)
    return fail (error, CF_ERROR_NOT_FOUND, "no such file");
  result = answer_file (self, file);
  result->link = g_strdup_printf ("/files/%s", params->id);
  return result;
}

static const CfShape *
params_shape (const char *method)
{
  static const struct { const char *method; const CfShape *shape; } rows[] = {
    { "session.open", &cf_open_params_shape }, { "sync.changes", &cf_sync_params_shape },
    { "message.send", &cf_message_send_params_shape }, { "note.add", &cf_message_send_params_shape },
    { "message.list", &cf_message_list_params_shape }, { "conversation.get", &cf_id_params_shape },
    { "conversation.assign", &cf_conversation_assign_params_shape }, { "conversation.unassign", &cf_conversation_action_params_shape },
    { "conversation.accept", &cf_conversation_action_params_shape }, { "signal.viewing", &cf_viewing_params_shape },
    { "conversation.close", &cf_conversation_action_params_shape }, { "conversation.reopen", &cf_conversation_action_params_shape },
    { "conversation.read", &cf_conversation_read_params_shape }, { "presence.set", &cf_presence_params_shape },
    { "file.create", &cf_file_create_params_shape }, { "file.link", &cf_file_params_shape },
    { "signal.typing", &cf_typing_params_shape }, { "server.info", &cf_no_params_shape },
    { "scheduled.add", &cf_scheduled_add_params_shape }, { "scheduled.update", &cf_scheduled_update_params_shape },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].method, method))
      return rows[i].shape;
  g_error ("the client called %s, which this server does not know", method);
}

static CfServerInfo *
make_info (FakeServer *self)
{
  CfServerInfo *info = cf_struct_new (&cf_server_info_shape);

  info->name = g_strdup (self->name);
  info->version = g_strdup ("0");
  info->file_size_max = self->file_max;
  return info;
}

static gpointer
carry_out (FakeServer *self, Peer *peer, const char *method, gpointer params, GError **error)
{
  if (g_str_equal (method, "session.open"))
    return do_open (self, peer, params, error);
  if (g_str_equal (method, "sync.changes"))
    return do_sync (self, peer, params);
  if (g_str_equal (method, "message.send") || g_str_equal (method, "note.add"))
    return do_message (self, params, g_str_equal (method, "note.add"), error);
  if (g_str_equal (method, "message.list"))
    return do_message_list (self, params);
  if (g_str_equal (method, "conversation.get"))
    return do_get (self, params, error);
  if (g_str_equal (method, "file.create"))
    return do_file_create (self, params, error);
  if (g_str_equal (method, "file.link"))
    return do_file_link (self, params, error);
  if (g_str_equal (method, "conversation.read"))
    {
      CfConversationReadParams *read = params;

      mark (self, read->conversation_id, CF_AUTHOR_AGENT, self->agent_id, read->position);
      return answer_touched (self);
    }
  if (g_str_has_prefix (method, "conversation."))
    return do_action (self, method, params, error);
  if (g_str_equal (method, "server.info"))
    return make_info (self);
  return cf_struct_new (&cf_no_params_shape);
}

static void
on_frame (SoupWebsocketConnection *web, int type, GBytes *bytes, gpointer data)
{
  FakeServer *self = g_object_get_data (G_OBJECT (web), "server");
  Peer *peer = data;
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (GError) error = NULL;
  g_autoptr (CfRpcMessage) message = cf_rpc_parse (text, length, NULL, &error);
  g_autoptr (CfStruct) params = NULL, result = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  Trouble trouble = { FAKE_FINE };

  g_assert_no_error (error);
  params = cf_json_decode (params_shape (message->method), &message->body, CF_DECODE_STRICT, &error);
  g_assert_no_error (error);
  g_hash_table_replace (self->calls, g_strdup (message->method),
                        GUINT_TO_POINTER (fake_server_calls (self, message->method) + 1));
  if (g_hash_table_contains (self->troubles, message->method))
    {
      trouble = *(Trouble *) g_hash_table_lookup (self->troubles, message->method);
      g_hash_table_remove (self->troubles, message->method);
    }
  if (trouble.trouble == FAKE_IGNORE)
    return;
  if (trouble.trouble == FAKE_REFUSE)
    error = g_error_new_literal (CF_ERROR, trouble.error, "refused by the test");
  else if (trouble.trouble != FAKE_DROP_BEFORE)
    {
      gboolean was_mute = self->mute;

      self->mute = was_mute || trouble.trouble == FAKE_DROP_AFTER;
      result = carry_out (self, peer, message->method, params, &error);
      self->mute = was_mute;
    }
  if (trouble.trouble == FAKE_DROP_BEFORE || trouble.trouble == FAKE_DROP_AFTER)
    {
      soup_websocket_connection_close (web, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
      return;
    }
  if (message->id == NULL)
    return;
  if (error != NULL)
    cf_rpc_write_error (out, message->id, error, trouble.retry_after_ms);
  else
    cf_rpc_write_result (out, message->id, result, CF_AUDIENCE_STAFF);
  send_text (peer, out->str);
}

static void
on_gone (SoupWebsocketConnection *web, gpointer data)
{
  FakeServer *self = g_object_get_data (G_OBJECT (web), "server");

  g_ptr_array_remove (self->peers, data);
}

static void
on_socket (SoupServer *soup, SoupServerMessage *message, const char *path, SoupWebsocketConnection *web, gpointer data)
{
  FakeServer *self = data;
  Peer *peer = g_new0 (Peer, 1);

  peer->web = g_object_ref (web);
  g_object_set_data (G_OBJECT (web), "server", self);
  g_ptr_array_add (self->peers, peer);
  g_signal_connect (web, "message", G_CALLBACK (on_frame), peer);
  g_signal_connect (web, "closed", G_CALLBACK (on_gone), peer);
}

static void
respond (SoupServerMessage *message, guint status, gpointer value)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (value != NULL)
    cf_json_encode (out, value, CF_AUDIENCE_STAFF);
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, out->str, out->len);
}

static void
on_info (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  FakeServer *self = data;
  g_autoptr (CfServerInfo) info = make_info (self);

  respond (message, 200, info);
}

static void
on_login (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  FakeServer *self = data;
  g_autoptr (CfLoginParams) params = NULL;
  g_autoptr (CfLoginResult) result = NULL;
  int code = self->login_error;

  if (!g_str_equal (path, "/api/v1/sessions"))
    {
      g_hash_table_replace (self->calls, g_strdup (path), GUINT_TO_POINTER (fake_server_calls (self, path) + 1));
      respond (message, 200, NULL);
      return;
    }
  params = cf_json_decode_text (&cf_login_params_shape, soup_server_message_get_request_body (message)->data, CF_DECODE_STRICT, NULL);
  if (code < 0 && (params == NULL || g_strcmp0 (params->email, "ana@example.com") != 0 || g_strcmp0 (params->password, "right") != 0))
    code = CF_ERROR_UNAUTHENTICATED;
  if (code >= 0)
    {
      g_autofree char *text = g_strdup_printf ("{\"reason\":\"%s\",\"detail\":\"no\"}", cf_error_reason (code));

      soup_server_message_set_status (message, cf_error_http_status (code), NULL);
      soup_server_message_set_response (message, "application/problem+json", SOUP_MEMORY_COPY, text, strlen (text));
      return;
    }
  result = cf_struct_new (&cf_login_result_shape);
  result->token = g_strdup ("token");
  result->session = cf_struct_new (&cf_login_session_shape);
  result->session->parent.id = cf_id_new ();
  result->agent = cf_struct_ref (find (self, self->agent_id));
  respond (message, 200, result);
}

/* Appends the body at its Content-Range. @half: the line breaks in the middle of it. */
static gboolean
keep (GByteArray *content, SoupServerMessage *message, gboolean half)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  goffset first, last, size;

  if (!soup_message_headers_get_content_range (soup_server_message_get_request_headers (message), &first, &last, &size)
      || first > content->len || last - first + 1 != body->length)
    return FALSE;
  g_byte_array_set_size (content, (guint) first);
  g_byte_array_append (content, (const guint8 *) body->data, (guint) (half ? body->length / 2 : body->length));
  return TRUE;
}

static void
hang_up (SoupServerMessage *message)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  g_io_stream_close (stream, NULL, NULL);
}

/* Where content goes and comes from: /api/v1/files/ID/content takes PUT and HEAD, /files/ID takes GET. */
static void
on_content (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  FakeServer *self = data;
  const char *verb = soup_server_message_get_method (message);
  g_autofree char *id = g_strndup (strstr (path, "files/") + strlen ("files/"), CF_ID_LENGTH), *offset = NULL;
  GByteArray *content = g_hash_table_lookup (self->contents, id);
  CfFile *file = find (self, id);
  g_autoptr (CfFileResult) result = NULL;
  Trouble *trouble = g_hash_table_lookup (self->troubles, verb);
  gboolean drop = trouble != NULL;

  g_hash_table_replace (self->calls, g_strdup (verb), GUINT_TO_POINTER (fake_server_calls (self, verb) + 1));
  g_hash_table_remove (self->troubles, verb);
  if (content == NULL || (g_str_equal (verb, "PUT") && !keep (content, message, drop)))
    {
      respond (message, content == NULL ? 404 : 409, NULL);
      return;
    }
  if (drop && g_str_equal (verb, "GET"))
    {
      respond (message, 503, NULL); /* a line that is cut here, libsoup would call anew by itself */
      return;
    }
  if (drop)
    {
      hang_up (message);
      return;
    }
  if (g_str_equal (verb, "GET"))
    {
      soup_server_message_set_status (message, 200, NULL);
      soup_server_message_set_response (message, "application/octet-stream", SOUP_MEMORY_COPY, (const char *) content->data, content->len);
      return;
    }
  offset = g_strdup_printf ("%u", content->len);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Upload-Offset", offset);
  if (g_str_equal (verb, "PUT") && content->len == file->size)
    {
      fake_server_settle (self, id, CF_FILE_CHECKING, CF_FILE_REASON_NONE);
      file = find (self, id);
    }
  result = answer_file (self, file);
  respond (message, 200, g_str_equal (verb, "PUT") ? result : NULL);
}

static void
seed (FakeServer *self)
{
  CfOrganisation *organisation = cf_struct_new (&cf_organisation_shape);
  CfAgent *agent = cf_struct_new (&cf_agent_shape);
  CfSite *site = cf_struct_new (&cf_site_shape);

  begin (self);
  organisation->parent.id = cf_id_new ();
  organisation->name = g_strdup ("Example Ltd");
  put (self, organisation);
  agent->parent.id = g_strdup (self->agent_id);
  agent->name = g_strdup ("Ana");
  agent->email = g_strdup ("ana@example.com");
  put (self, agent);
  site->parent.id = g_strdup (self->site_id);
  site->name = g_strdup ("Shop");
  put (self, site);
}

FakeServer *
fake_server_new (void)
{
  FakeServer *self = g_new0 (FakeServer, 1);

  self->name = g_strdup ("ChatFlow");
  self->agent_id = cf_id_new ();
  self->site_id = cf_id_new ();
  self->page = 100;
  self->file_max = 16 * 1024 * 1024;
  self->contents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_byte_array_unref);
  self->login_error = self->open_error = -1;
  self->records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, cf_struct_unref);
  self->troubles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->calls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->peers = g_ptr_array_new_with_free_func ((GDestroyNotify) peer_free);
  self->touched = cf_structs_new ();
  seed (self);
  fake_server_start (self);
  return self;
}

void
fake_server_free (FakeServer *self)
{
  fake_server_stop (self);
  g_hash_table_unref (self->records);
  g_hash_table_unref (self->troubles);
  g_hash_table_unref (self->calls);
  g_hash_table_unref (self->contents);
  g_ptr_array_unref (self->peers);
  g_ptr_array_unref (self->touched);
  g_clear_object (&self->certificate);
  g_free (self->last_frame);
  g_free (self->address);
  g_free (self->name);
  g_free (self->agent_id);
  g_free (self->site_id);
  g_free (self);
}

void
fake_server_start (FakeServer *self)
{
  g_autoptr (GError) error = NULL;
  g_autoslist (GUri) uris = NULL;

  self->soup = soup_server_new ("tls-certificate", self->certificate, NULL);
  soup_server_add_handler (self->soup, "/api/v1/server", on_info, self, NULL);
  soup_server_add_handler (self->soup, "/api/v1/sessions", on_login, self, NULL);
  soup_server_add_handler (self->soup, "/api/v1/files", on_content, self, NULL);
  soup_server_add_handler (self->soup, "/files", on_content, self, NULL);
  soup_server_add_websocket_handler (self->soup, "/api/v1/socket", NULL, NULL, on_socket, self, NULL);
  soup_server_listen_local (self->soup, self->port,
                            SOUP_SERVER_LISTEN_IPV4_ONLY | (self->certificate != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0), &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->soup);
  self->port = g_uri_get_port (uris->data);
  g_free (self->address);
  self->address = g_strdup_printf ("%s://127.0.0.1:%u", self->certificate != NULL ? "https" : "http", self->port);
}

void
fake_server_stop (FakeServer *self)
{
  if (self->soup == NULL)
    return;
  fake_server_close (self, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
  g_ptr_array_set_size (self->peers, 0);
  soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
}

/* From the next start on. */
void
fake_server_set_certificate (FakeServer *self, GTlsCertificate *certificate)
{
  g_set_object (&self->certificate, certificate);
}

const char *fake_server_address (FakeServer *self) { return self->address; }
const char *fake_server_agent_id (FakeServer *self) { return self->agent_id; }
void fake_server_set_page (FakeServer *self, guint records) { self->page = records; }
void fake_server_set_login (FakeServer *self, int error) { self->login_error = error; }
void fake_server_set_open (FakeServer *self, int error) { self->open_error = error; }
void fake_server_mute (FakeServer *self, gboolean mute) { self->mute = mute; }
guint fake_server_peers (FakeServer *self) { return self->peers->len; }
gint64 fake_server_rev (FakeServer *self) { return self->rev; }
CfConversation *fake_server_conversation (FakeServer *self, const char *id) { return find (self, id); }

void
fake_server_set_name (FakeServer *self, const char *name)
{
  g_free (self->name);
  self->name = g_strdup (name);
}

/* As if restored from a backup that was made right after the set-up. */
void
fake_server_forget (FakeServer *self)
{
  g_hash_table_remove_all (self->records);
  self->rev = 0;
  self->epoch++;
  seed (self);
}

void
fake_server_trouble (FakeServer *self, const char *method, FakeTrouble trouble, CfError error, gint64 retry_after_ms)
{
  Trouble *row = g_new0 (Trouble, 1);

  row->trouble = trouble;
  row->error = error;
  row->retry_after_ms = retry_after_ms;
  g_hash_table_replace (self->troubles, g_strdup (method), row);
}

guint
fake_server_calls (FakeServer *self, const char *method)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->calls, method));
}

void
fake_server_close (FakeServer *self, gushort code, const char *reason)
{
  for (guint i = 0; i < self->peers->len; i++)
    {
      Peer *peer = self->peers->pdata[i];

      if (soup_websocket_connection_get_state (peer->web) == SOUP_WEBSOCKET_STATE_OPEN)
        soup_websocket_connection_close (peer->web, code, reason);
    }
}

CfVisitor *
fake_server_add_visitor (FakeServer *self, const char *name, const char *email)
{
  CfVisitor *visitor = cf_struct_new (&cf_visitor_shape);

  begin (self);
  visitor->parent.id = cf_id_new ();
  visitor->site_id = g_strdup (self->site_id);
  visitor->name = g_strdup (name);
  visitor->email = g_strdup (email);
  put (self, visitor);
  push (self);
  return visitor;
}

char *
fake_server_add_conversation (FakeServer *self, CfVisitor *visitor)
{
  CfConversation *conversation = cf_struct_new (&cf_conversation_shape);

  begin (self);
  conversation->parent.id = cf_id_new ();
  conversation->site_id = g_strdup (self->site_id);
  conversation->visitor_id = g_strdup (visitor->parent.id);
  conversation->created_at = cf_now ();
  put (self, conversation);
  push (self);
  return g_strdup (conversation->parent.id);
}

/* A text of the visitor's. */
char *
fake_server_say (FakeServer *self, const char *conversation_id, const char *text)
{
  char *id = cf_id_new ();

  begin (self);
  touch_conversation (self, add_message (self, id, conversation_id, CF_MESSAGE_TEXT, CF_AUTHOR_VISITOR, text, NULL));
  push (self);
  return id;
}

/* The visitor has read everything. */
void
fake_server_seen (FakeServer *self, const char *conversation_id)
{
  CfConversation *conversation = find (self, conversation_id);

  mark (self, conversation_id, CF_AUTHOR_VISITOR, conversation->visitor_id, conversation->last_position);
}

void
fake_server_delete (FakeServer *self, const char *id)
{
  begin (self);
  put (self, cf_record_tombstone (find (self, id)));
  push (self);
}

/* The last push once more, to everyone. */
void
fake_server_repeat (FakeServer *self)
{
  for (guint i = 0; i < self->peers->len; i++)
    send_text (self->peers->pdata[i], self->last_frame);
}

void
fake_server_signal (FakeServer *self, const CfSignal *signal)
{
  g_autoptr (GString) text = g_string_new (NULL);

  cf_rpc_write_notification (text, "signal", signal, CF_AUDIENCE_STAFF);
  for (guint i = 0; i < self->peers->len; i++)
    send_text (self->peers->pdata[i], text->str);
}

guint
fake_server_count (FakeServer *self, const char *conversation_id, const char *text)
{
  GHashTableIter iter;
  gpointer record;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    n += ((CfStruct *) record)->shape == &cf_message_shape && !((CfRecord *) record)->deleted
         && g_strcmp0 (((CfMessage *) record)->conversation_id, conversation_id) == 0
         && g_strcmp0 (((CfMessage *) record)->text, text) == 0 ? 1 : 0;
  return n;
}

gint64
fake_server_read_position (FakeServer *self, const char *conversation_id)
{
  CfReadMark *found = find_mark (self, conversation_id, self->agent_id);

  return found != NULL ? found->position : 0;
}

void
fake_server_set_file_max (FakeServer *self, gint64 bytes)
{
  self->file_max = bytes;
}

/* What the server has found in a file. */
void
fake_server_settle (FakeServer *self, const char *id, CfFileState state, CfFileReason reason)
{
  CfFile *file = cf_struct_copy (find (self, id));

  begin (self);
  file->state = state;
  file->reason = reason;
  file->media_type = state == CF_FILE_READY ? g_strdup ("application/pdf") : NULL;
  put (self, file);
  push (self);
}

/* Returns: (transfer none) (nullable): the file that was announced with that name. */
CfFile *
fake_server_file (FakeServer *self, const char *name)
{
  GHashTableIter iter;
  gpointer record;

  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    if (((CfStruct *) record)->shape == &cf_file_shape && g_strcmp0 (((CfFile *) record)->name, name) == 0)
      return record;
  return NULL;
}

/* Returns: (transfer full): what has come of it. */
GBytes *
fake_server_content (FakeServer *self, const char *id)
{
  GByteArray *content = g_hash_table_lookup (self->contents, id);

  return g_bytes_new (content->data, content->len);
}
