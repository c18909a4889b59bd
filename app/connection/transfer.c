/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transfer.h"

#include "answer.h"

#include "protocol/error.h"

#include <glib/gstdio.h>
#include <libsoup/soup.h>

#define TIMEOUT_S 30 /* without a byte in either direction */
#define DOWN_PIECE (128 * 1024)

struct _CfaTransfer
{
  GObject parent_instance;
  char *server;
  char *bearer;
  SoupSession *http;
};

G_DEFINE_FINAL_TYPE (CfaTransfer, cfa_transfer, G_TYPE_OBJECT)

/* A request on its way. */
typedef struct
{
  SoupMessage *message;
  GBytes *piece;
  gint64 done, last; /* bytes; @last: more than this is not asked for */
  CfaTransferProgress progress;
  gpointer data; /* of the caller, for @progress */
  GFile *target;
  GFile *part;
  GInputStream *in;
  GFileOutputStream *out;
} Request;

static void
request_free (Request *request)
{
  if (request->message != NULL)
    g_signal_handlers_disconnect_by_data (request->message, request);
  g_clear_object (&request->message);
  g_clear_object (&request->target);
  g_clear_object (&request->part);
  g_clear_object (&request->in);
  g_clear_object (&request->out);
  g_clear_pointer (&request->piece, g_bytes_unref);
  g_free (request);
}

static void
cfa_transfer_finalize (GObject *object)
{
  CfaTransfer *self = CFA_TRANSFER (object);

  g_free (self->server);
  g_free (self->bearer);
  g_clear_object (&self->http);
  G_OBJECT_CLASS (cfa_transfer_parent_class)->finalize (object);
}

static void
cfa_transfer_class_init (CfaTransferClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_transfer_finalize;
}

static void
cfa_transfer_init (CfaTransfer *self)
{
}

/**
 * cfa_transfer_new:
 * @server: the base address
 * @token: of the agent
 */
CfaTransfer *
cfa_transfer_new (const char *server, const char *token)
{
  CfaTransfer *self = g_object_new (CFA_TYPE_TRANSFER, NULL);

  self->server = g_strdup (server);
  self->bearer = g_strconcat ("Bearer ", token, NULL);
  self->http = soup_session_new_with_options ("user-agent", "ChatFlow/" CHATFLOW_VERSION, "timeout", TIMEOUT_S, NULL);
  return self;
}

/* Returns: (transfer none): the request of @task; the token goes to paths of the server only. */
static Request *
request_new (CfaTransfer *self, GTask *task, const char *verb, const char *path, gboolean signed_in)
{
  g_autofree char *address = g_strconcat (self->server, path, NULL);
  Request *request = g_new0 (Request, 1);

  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  request->message = path[0] == '/' ? soup_message_new (verb, address) : NULL;
  if (request->message == NULL)
    {
      g_task_return_new_error (task, CF_ERROR, CF_ERROR_INVALID, "got the address \"%s\", expected a path", path);
      return NULL;
    }
  soup_message_add_flags (request->message, SOUP_MESSAGE_NO_REDIRECT);
  if (signed_in)
    soup_message_headers_append (soup_message_get_request_headers (request->message), "Authorization", self->bearer);
  return request;
}

static void
on_measured (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Request *request = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  const char *offset = soup_message_headers_get_one (soup_message_get_response_headers (request->message), "Upload-Offset");
  guint64 value = 0;

  if (body != NULL && !SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (request->message)))
    cfa_answer_refusal (body, soup_message_get_status (request->message), &error);
  else if (body != NULL && (offset == NULL || !g_ascii_string_to_unsigned (offset, 10, 0, G_MAXINT64, &value, NULL)))
    error = g_error_new_literal (CF_ERROR, CF_ERROR_INVALID, "got no number of bytes in Upload-Offset");
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, (gssize) value);
}

/**
 * cfa_transfer_measure_async:
 * @path: that takes the content of a file
 *
 * Asks how much of it is there, to go on after a break.
 */
void
cfa_transfer_measure_async (CfaTransfer *self, const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Request *request = request_new (self, task, SOUP_METHOD_HEAD, path, TRUE);

  if (request != NULL)
    soup_session_send_and_read_async (self->http, request->message, G_PRIORITY_DEFAULT, cancellable, on_measured, g_object_ref (task));
}

/**
 * cfa_transfer_measure_finish:
 * Returns: the number of bytes, or -1 with an error
 */
gint64
cfa_transfer_measure_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}

static void
on_wrote (SoupMessage *message, guint length, Request *request)
{
  request->done = MIN (request->done + length, request->last); /* libsoup may begin a piece anew */
  request->progress (request->done, request->data);
}

static void
on_put (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Request *request = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  g_autoptr (CfFileResult) answer = body != NULL ? cfa_answer_read (request->message, body, &cf_file_result_shape, &error) : NULL;

  if (answer == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&answer), cf_struct_unref);
}

/**
 * cfa_transfer_put_async:
 * @piece: some of the content, not empty
 * @first: the number of bytes in front of it
 * @size: of all of it
 * @progress: called with how much of all has been handed to the network, and @user_data
 */
void
cfa_transfer_put_async (CfaTransfer *self, const char *path, GBytes *piece, gint64 first, gint64 size, CfaTransferProgress progress,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Request *request = request_new (self, task, SOUP_METHOD_PUT, path, TRUE);
  gint64 last = first + (gint64) g_bytes_get_size (piece) - 1;

  if (request == NULL)
    return;
  request->done = first;
  request->last = last + 1;
  request->progress = progress;
  request->data = user_data;
  soup_message_headers_set_content_range (soup_message_get_request_headers (request->message), first, last, size);
  soup_message_set_request_body_from_bytes (request->message, "application/octet-stream", piece);
  g_signal_connect (request->message, "wrote-body-data", G_CALLBACK (on_wrote), request);
  soup_session_send_and_read_async (self->http, request->message, G_PRIORITY_DEFAULT, cancellable, on_put, g_object_ref (task));
}

/**
 * cfa_transfer_put_finish:
 * Returns: (transfer full): the file as it is now, or NULL: CF_ERROR when the server refused, else why the line broke.
 */
CfFileResult *
cfa_transfer_put_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void read_on (GTask *task);

/* Without a half file under the name of a whole one. */
static void
close_and_name (GTask *worker, gpointer source, gpointer data, GCancellable *cancellable)
{
  Request *request = data;
  GError *error = NULL;

  if (g_output_stream_close (G_OUTPUT_STREAM (request->out), NULL, &error)
      && g_file_move (request->part, request->target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error))
    g_task_return_boolean (worker, TRUE);
  else
    g_task_return_error (worker, error);
}

static void
on_named (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Request *request = g_task_get_task_data (task);
  GError *error = NULL;
  gsize written;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, &written, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  request->done += (gint64) written;
  request->progress (request->done, request->data);
  read_on (task);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Request *request = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) piece = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (piece == NULL)
    g_task_return_error (task, error);
  else if (g_bytes_get_size (piece) > 0)
    {
      gsize length;
      const void *bytes = g_bytes_get_data (piece, &length);

      g_clear_pointer (&request->piece, g_bytes_unref);
      request->piece = g_steal_pointer (&piece);
      g_output_stream_write_all_async (G_OUTPUT_STREAM (request->out), bytes, length, G_PRIORITY_DEFAULT, g_task_get_cancellable (task),
                                       on_written, g_object_ref (task));
    }
  else
    {
      g_autoptr (GTask) worker = g_task_new (NULL, NULL, on_named, g_object_ref (task));

      g_task_set_task_data (worker, request, NULL);
      g_task_run_in_thread (worker, close_and_name);
    }
}

static void
read_on (GTask *task)
{
  Request *request = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (request->in, DOWN_PIECE, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_read, g_object_ref (task));
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Request *request = g_task_get_task_data (task);
  GError *error = NULL;
  guint status;

  request->in = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  status = soup_message_get_status (request->message);
  if (request->in == NULL)
    g_task_return_error (task, error);
  else if (!SOUP_STATUS_IS_SUCCESSFUL (status))
    g_task_return_new_error (task, CF_ERROR, status == SOUP_STATUS_NOT_FOUND ? CF_ERROR_NOT_FOUND : CF_ERROR_UNAVAILABLE, "got HTTP %u", status);
  else
    read_on (task);
}

static void
make_room (GTask *worker, gpointer source, gpointer data, GCancellable *cancellable)
{
  Request *request = data;
  g_autoptr (GFile) folder = g_file_get_parent (request->target);
  g_autofree char *path = g_file_get_path (folder);
  GError *error = NULL;

  g_mkdir_with_parents (path, 0700);
  request->out = g_file_replace (request->part, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL, &error);
  if (request->out != NULL)
    g_task_return_boolean (worker, TRUE);
  else
    g_task_return_error (worker, error);
}

static void
on_room (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CfaTransfer *self = g_task_get_source_object (task);
  Request *request = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, error);
  else
    soup_session_send_async (self->http, request->message, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_sent, g_object_ref (task));
}

/**
 * cfa_transfer_get_async:
 * @path: the link of a file
 * @target: a local file, which appears when it is whole; its folder is made
 * @progress: called with the number of bytes that are there, and @user_data
 */
void
cfa_transfer_get_async (CfaTransfer *self, const char *path, GFile *target, CfaTransferProgress progress, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data), worker = NULL;
  Request *request = request_new (self, task, SOUP_METHOD_GET, path, FALSE);
  g_autofree char *name = g_file_get_path (target), *part = g_strconcat (name, ".part", NULL);

  if (request == NULL)
    return;
  request->progress = progress;
  request->data = user_data;
  request->target = g_object_ref (target);
  request->part = g_file_new_for_path (part);
  worker = g_task_new (NULL, NULL, on_room, g_object_ref (task));
  g_task_set_task_data (worker, request, NULL);
  g_task_run_in_thread (worker, make_room);
}

gboolean
cfa_transfer_get_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
