/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "socket.h"

#include "protocol/rpc.h"

#include <stdlib.h>

/* Frames from the server are at most 1 MiB; twice that leaves room for a newer server. */
#define MAX_FRAME      (2 * 1024 * 1024)
#define KEEPALIVE_S    15

typedef struct
{
  CfaSocket *socket; /* borrowed: the call lives in its table */
  gint64 id;
  const CfShape *shape; /* of the result */
  guint timer;
  gint64 asked; /* monotonic */
  gint64 retry_after_ms; /* of a refusal */
} Call;

struct _CfaSocket
{
  GObject parent_instance;
  SoupWebsocketConnection *web;
  GHashTable *calls; /* id -> GTask whose task data is its Call */
  gint64 last_id;
  gint64 heard; /* monotonic, when anything last came in */
  gboolean closed;
};

enum
{
  SIGNAL_NOTIFIED,
  SIGNAL_CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfaSocket, cfa_socket, G_TYPE_OBJECT)

static void
call_free (Call *call)
{
  g_clear_handle_id (&call->timer, g_source_remove);
  g_free (call);
}

/* Takes the call out of the table, so that it is answered once. */
static GTask *
take_call (CfaSocket *self, gint64 id)
{
  gpointer key = NULL, task = NULL;

  if (!g_hash_table_steal_extended (self->calls, &id, &key, &task))
    return NULL;
  g_free (key);
  g_clear_handle_id (&((Call *) g_task_get_task_data (task))->timer, g_source_remove);
  return task;
}

static gboolean
on_timeout (gpointer data)
{
  Call *call = data;
  g_autoptr (GTask) task = NULL;

  call->timer = 0;
  task = take_call (call->socket, call->id);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "the server did not answer in time");
  return G_SOURCE_REMOVE;
}

static void
take_answer (CfaSocket *self, CfRpcMessage *message)
{
  gint64 id = message->id != NULL ? g_ascii_strtoll (message->id, NULL, 10) : 0;
  g_autoptr (GTask) task = take_call (self, id);
  g_autoptr (GError) error = NULL;
  gpointer value;
  Call *call;

  if (task == NULL) /* its caller has given up */
    return;
  call = g_task_get_task_data (task);
  if (message->kind == CF_RPC_ERROR)
    {
      call->retry_after_ms = message->retry_after_ms;
      g_task_return_error (task, g_steal_pointer (&message->error));
      return;
    }
  value = cf_json_decode (call->shape, &message->body, CF_DECODE_LENIENT, &error);
  if (value == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, value, cf_struct_unref);
}

static void
on_message (CfaSocket *self, int type, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfRpcMessage) message = NULL;
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  self->heard = g_get_monotonic_time ();
  if (self->closed)
    return;
  message = type == SOUP_WEBSOCKET_DATA_TEXT ? cf_rpc_parse (text, length, NULL, &error) : NULL;
  if (message == NULL)
    {
      g_warning ("the server sent a frame that cannot be read: %s", error != NULL ? error->message : "binary");
      cfa_socket_close (self, SOUP_WEBSOCKET_CLOSE_PROTOCOL_ERROR, NULL);
      return;
    }
  if (message->kind == CF_RPC_RESULT || message->kind == CF_RPC_ERROR)
    take_answer (self, message);
  else if (message->kind == CF_RPC_NOTIFICATION)
    g_signal_emit (self, signals[SIGNAL_NOTIFIED], 0, message->method, &message->body);
}

static void
on_pong (CfaSocket *self)
{
  self->heard = g_get_monotonic_time ();
}

static void
finish_close (CfaSocket *self, gushort code, const char *reason)
{
  g_autoptr (GList) tasks = NULL;

  if (self->closed)
    return;
  self->closed = TRUE;
  tasks = g_hash_table_get_values (self->calls);
  for (GList *l = tasks; l != NULL; l = l->next)
    {
      g_autoptr (GTask) task = take_call (self, ((Call *) g_task_get_task_data (l->data))->id);

      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "the connection was lost");
    }
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0, (guint) code, reason);
}

static void
on_closed (CfaSocket *self)
{
  g_object_ref (self);
  finish_close (self, soup_websocket_connection_get_close_code (self->web),
                soup_websocket_connection_get_close_data (self->web));
  g_object_unref (self);
}

static void
cfa_socket_dispose (GObject *object)
{
  CfaSocket *self = CFA_SOCKET (object);

  if (self->web != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->web, self);
      if (soup_websocket_connection_get_state (self->web) == SOUP_WEBSOCKET_STATE_OPEN)
        soup_websocket_connection_close (self->web, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
    }
  g_clear_object (&self->web);
  g_clear_pointer (&self->calls, g_hash_table_unref);
  G_OBJECT_CLASS (cfa_socket_parent_class)->dispose (object);
}

static void
cfa_socket_class_init (CfaSocketClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_socket_dispose;
  signals[SIGNAL_NOTIFIED] = g_signal_new ("notified", CFA_TYPE_SOCKET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_POINTER);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", CFA_TYPE_SOCKET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_STRING);
}

static void
cfa_socket_init (CfaSocket *self)
{
  self->calls = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
}

/**
 * cfa_socket_new:
 * @web: an open connection
 *
 * Returns: (transfer full): the socket that speaks JSON-RPC over @web.
 */
CfaSocket *
cfa_socket_new (SoupWebsocketConnection *web)
{
  CfaSocket *self = g_object_new (CFA_TYPE_SOCKET, NULL);

  self->web = g_object_ref (web);
  self->heard = g_get_monotonic_time ();
  soup_websocket_connection_set_max_incoming_payload_size (web, MAX_FRAME);
  /* Pings of ours, because the server's are answered unseen; their pongs tell that it lives. */
  soup_websocket_connection_set_keepalive_interval (web, KEEPALIVE_S);
  g_signal_connect_swapped (web, "message", G_CALLBACK (on_message), self);
  g_signal_connect_swapped (web, "pong", G_CALLBACK (on_pong), self);
  g_signal_connect_swapped (web, "closed", G_CALLBACK (on_closed), self);
  return self;
}

/**
 * cfa_socket_call_async:
 * @params: (nullable): a CfStruct
 * @result: the shape of what the method answers
 * @timeout_ms: after which the call ends with G_IO_ERROR_TIMED_OUT; whether it was carried out is then unknown
 */
void
cfa_socket_call_async (CfaSocket *self, const char *method, gconstpointer params, const CfShape *result,
                       guint timeout_ms, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GString) text = g_string_new (NULL);
  Call *call = g_new0 (Call, 1);

  call->socket = self;
  call->id = ++self->last_id;
  call->shape = result;
  call->asked = g_get_monotonic_time ();
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  if (self->closed || soup_websocket_connection_get_state (self->web) != SOUP_WEBSOCKET_STATE_OPEN)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "the connection was lost");
      g_object_unref (task);
      return;
    }
  call->timer = g_timeout_add (timeout_ms, on_timeout, call);
  g_hash_table_insert (self->calls, g_memdup2 (&call->id, sizeof call->id), task);
  cf_rpc_write_request (text, call->id, method, params);
  soup_websocket_connection_send_text (self->web, text->str);
}

/**
 * cfa_socket_call_finish:
 * @retry_after_ms: (out) (optional): when the server says that the same call may be sent again; 0 = it said nothing
 *
 * Returns: (transfer full): a CfStruct of the shape that was asked for, or NULL: CF_ERROR when the server refused,
 *   G_IO_ERROR when the connection failed.
 */
gpointer
cfa_socket_call_finish (CfaSocket *self, GAsyncResult *result, gint64 *retry_after_ms, GError **error)
{
  Call *call = g_task_get_task_data (G_TASK (result));

  if (retry_after_ms != NULL)
    *retry_after_ms = call->retry_after_ms;
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
cfa_socket_notify (CfaSocket *self, const char *method, gconstpointer params)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->closed || soup_websocket_connection_get_state (self->web) != SOUP_WEBSOCKET_STATE_OPEN)
    return;
  cf_rpc_write_notification (text, method, params, CF_AUDIENCE_STAFF);
  soup_websocket_connection_send_text (self->web, text->str);
}

/**
 * cfa_socket_get_heard:
 * Returns: the monotonic time, in microseconds, at which the server last gave a sign of life.
 */
gint64
cfa_socket_get_heard (CfaSocket *self)
{
  return self->heard;
}

/**
 * cfa_socket_get_waited:
 * Returns: for how long, in microseconds, a call has waited for its answer while the server gave no sign of life at all; 0 when none
 *   has.
 */
gint64
cfa_socket_get_waited (CfaSocket *self)
{
  gint64 now = g_get_monotonic_time (), since = now;
  GHashTableIter iter;
  gpointer task;

  g_hash_table_iter_init (&iter, self->calls);
  while (g_hash_table_iter_next (&iter, NULL, &task))
    since = MIN (since, ((Call *) g_task_get_task_data (task))->asked);
  return now - MAX (since, MIN (self->heard, now));
}

/**
 * cfa_socket_close:
 * Closes at once: "closed" is emitted before this returns, without waiting for the other side, which may be gone.
 */
void
cfa_socket_close (CfaSocket *self, gushort code, const char *reason)
{
  g_object_ref (self);
  if (soup_websocket_connection_get_state (self->web) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (self->web, code, reason);
  finish_close (self, code, reason);
  g_object_unref (self);
}
