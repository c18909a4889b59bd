/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "uploader.h"

#include "app/connection/backoff.h"
#include "protocol/error.h"
#include "protocol/methods/session.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CALL_TIMEOUT_MS 30000
/* What is read and sent at a time: so much memory, and so much is sent again after a break at worst. */
#define PIECE (1024 * 1024)

struct _CfaUploader
{
  GObject parent_instance;
  CfaTransfer *transfer; /* (nullable): none after the end */
  CfaSocket *socket;     /* (nullable): only while live */
  GHashTable *lists;     /* "conversation id" or "conversation id note" -> CfaUploadList */
  GPtrArray *queue;      /* of CfaUpload: those that wait for their turn */
  gpointer current;      /* (nullable): the Run that is on its way, owned by what it waits for */
  guint attempt;         /* without a byte that got through */
  guint again;           /* source: the next attempt */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (CfaUploader, cfa_uploader, G_TYPE_OBJECT)

/* One attempt to bring a file up, from announcing it to its last byte, or to the break of the line. */
typedef struct
{
  CfaUploader *self;
  CfaUpload *upload;
  CfaUploadList *list;
  char *path; /* that takes the content */
  GFileInputStream *in;
  guint8 *buffer;
  gint64 offset, next; /* of the piece at hand, and behind it */
} Run;

static void start_next (CfaUploader *self);
static void read_piece (Run *run);

static void
run_free (Run *run)
{
  CfaUploader *self = run->self;

  if (self->current == run)
    self->current = NULL;
  g_clear_object (&run->upload);
  g_clear_object (&run->list);
  g_clear_object (&run->in);
  g_free (run->path);
  g_free (run->buffer);
  g_free (run);
  start_next (self);
  g_object_unref (self);
}

static CfaUploadList *
list_of (CfaUploader *self, CfaUpload *upload)
{
  GHashTableIter iter;
  gpointer list;

  g_hash_table_iter_init (&iter, self->lists);
  while (g_hash_table_iter_next (&iter, NULL, &list))
    if (cfa_upload_list_find (list, cfa_upload_get_id (upload)) == upload)
      return list;
  return NULL;
}

/* What the person reads of a file that the server does not take. */
static char *
refusal_words (CfaUpload *upload, const GError *error)
{
  if (g_error_matches (error, CF_ERROR, CF_ERROR_TOO_LARGE))
    return g_strdup (_("This conversation has as many files as it may"));
  if (g_error_matches (error, CF_ERROR, CF_ERROR_NOT_FOUND))
    return g_strdup (_("This conversation is not on the server"));
  if (cfa_upload_get_known (upload) && g_error_matches (error, CF_ERROR, CF_ERROR_CONFLICT))
    return g_strdup (_("It waited for too long, and the server has let it go"));
  return g_strdup_printf (_("The server did not take it: %s"), error->message);
}

static void
fail_large (CfaUpload *upload, gint64 most)
{
  g_autofree char *size = g_format_size (MAX (cfa_upload_get_size (upload), 0)), *limit = g_format_size (most);
  /* Translators: of a file: its own size, then that of the largest that can be sent */
  g_autofree char *words = most > 0 ? g_strdup_printf (_("Too large: %s. At most %s can be sent."), size, limit)
                                    : g_strdup_printf (_("Too large for this server: %s"), size);

  cfa_upload_fail (upload, words, FALSE);
}

static void
on_limit (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaUpload) upload = data;
  g_autoptr (CfServerInfo) info = cfa_socket_call_finish (CFA_SOCKET (source), result, NULL, NULL);

  fail_large (upload, info != NULL ? info->file_size_max : 0);
}

static char *
reason_words (const CfFile *file)
{
  switch (file->reason)
    {
    case CF_FILE_REASON_TYPE:
      return g_strdup (_("Files of this kind may not be sent here"));
    case CF_FILE_REASON_IMAGE:
      return g_strdup (_("The picture is damaged, or too large"));
    case CF_FILE_REASON_INFECTED:
      return g_strdup (_("A virus was found in it"));
    case CF_FILE_REASON_NONE:
      break;
    }
  return g_strdup (_("The server has refused it"));
}

static void
take_verdict (CfaUpload *upload, const CfFile *file)
{
  g_autofree char *words = NULL;

  if (file->parent.deleted)
    cfa_upload_fail (upload, _("It waited for too long, and the server has let it go"), TRUE);
  else if (file->state == CF_FILE_READY)
    cfa_upload_set_state (upload, CFA_UPLOAD_READY);
  else if (file->state == CF_FILE_CHECKING)
    cfa_upload_set_state (upload, CFA_UPLOAD_CHECKING);
  else if (file->state == CF_FILE_REFUSED)
    {
      words = reason_words (file);
      cfa_upload_fail (upload, words, FALSE);
    }
}

static gboolean
on_again (gpointer data)
{
  CfaUploader *self = data;

  self->again = 0;
  start_next (self);
  return G_SOURCE_REMOVE;
}

/* The line broke: the same file goes on from where it was, when the line is back or after a while. */
static void
put_back (Run *run)
{
  CfaUploader *self = run->self;

  if (g_cancellable_is_cancelled (cfa_upload_get_cancellable (run->upload)))
    return;
  cfa_upload_set_state (run->upload, CFA_UPLOAD_WAITING);
  g_ptr_array_insert (self->queue, 0, g_object_ref (run->upload));
  g_clear_handle_id (&self->again, g_source_remove);
  self->again = g_timeout_add (cfa_backoff_delay (self->attempt++, g_random_double ()), on_again, self);
}

/* Takes @error. What the server says for good ends it, all else is a matter of time. */
static void
end_with_error (Run *run, GError *error)
{
  g_autoptr (GError) owned = error;
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    ;
  else if (error->domain != CF_ERROR || error->code == CF_ERROR_UNAVAILABLE || error->code == CF_ERROR_RATE_LIMITED
           || error->code == CF_ERROR_INTERNAL || (error->code == CF_ERROR_CONFLICT && run->path != NULL))
    put_back (run);
  /* A message of the server's begins with the name of the field that it is about. */
  else if (error->code == CF_ERROR_TOO_LARGE && g_str_has_prefix (error->message, "size:") && run->self->socket != NULL)
    cfa_socket_call_async (run->self->socket, "server.info", NULL, &cf_server_info_shape, CALL_TIMEOUT_MS, on_limit, g_object_ref (run->upload));
  /* The server has let go of what an earlier run has begun: the same content goes as another file. */
  else if (error->code == CF_ERROR_CONFLICT && cfa_upload_get_known (run->upload) && cfa_upload_get_file (run->upload) != NULL)
    {
      cfa_upload_begin_again (run->upload);
      g_signal_emit (run->self, changed_signal, 0, run->list);
      g_ptr_array_add (run->self->queue, g_object_ref (run->upload));
    }
  else
    {
      words = refusal_words (run->upload, error);
      cfa_upload_fail (run->upload, words, FALSE);
    }
  run_free (run);
}

static void
end_unread (Run *run, const char *problem)
{
  cfa_upload_fail (run->upload, problem, TRUE);
  run_free (run);
}

static void
on_progress (gint64 done, gpointer data)
{
  Run *run = data;

  cfa_upload_set_sent (run->upload, done);
}

static void
on_put (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;
  GError *error = NULL;
  g_autoptr (CfFileResult) answer = cfa_transfer_put_finish (result, &error);
  const CfFile *file = answer != NULL && answer->records != NULL && answer->records->len > 0 ? answer->records->pdata[0] : NULL;

  if (error != NULL)
    {
      end_with_error (run, error);
      return;
    }
  run->self->attempt = 0;
  run->offset = run->next;
  cfa_upload_set_sent (run->upload, run->offset);
  if (run->offset < cfa_upload_get_size (run->upload))
    {
      read_piece (run);
      return;
    }
  if (file != NULL && cfa_upload_get_state (run->upload) == CFA_UPLOAD_SENDING)
    take_verdict (run->upload, file);
  run_free (run);
}

static void
put_piece (Run *run, GBytes *piece)
{
  run->next = run->offset + (gint64) g_bytes_get_size (piece);
  cfa_transfer_put_async (run->self->transfer, run->path, piece, run->offset, cfa_upload_get_size (run->upload), on_progress,
                          cfa_upload_get_cancellable (run->upload), on_put, run);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;
  gsize got = 0, wanted = (gsize) MIN (PIECE, cfa_upload_get_size (run->upload) - run->offset);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) piece = NULL;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &got, &error) && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    run_free (run);
  else if (error != NULL)
    end_unread (run, _("The file can no longer be read"));
  else if (got < wanted)
    end_unread (run, _("The file has changed while it was read"));
  else if (run->self->transfer == NULL)
    run_free (run);
  else
    {
      piece = g_bytes_new (run->buffer, got);
      put_piece (run, piece);
    }
}

static void
read_piece (Run *run)
{
  gsize wanted = (gsize) MIN (PIECE, cfa_upload_get_size (run->upload) - run->offset);
  GBytes *bytes = cfa_upload_get_bytes (run->upload);
  g_autoptr (GBytes) piece = bytes != NULL ? g_bytes_new_from_bytes (bytes, (gsize) run->offset, wanted) : NULL;

  if (run->self->transfer == NULL)
    run_free (run);
  else if (piece != NULL)
    put_piece (run, piece);
  else
    g_input_stream_read_all_async (G_INPUT_STREAM (run->in), run->buffer, wanted, G_PRIORITY_DEFAULT,
                                   cfa_upload_get_cancellable (run->upload), on_read, run);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;
  g_autoptr (GError) error = NULL;

  run->in = g_file_read_finish (G_FILE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    run_free (run);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    end_unread (run, _("The file is not there any more"));
  else if (run->in == NULL || !g_seekable_seek (G_SEEKABLE (run->in), run->offset, G_SEEK_SET, NULL, &error))
    end_unread (run, _("The file can no longer be read"));
  else
    {
      run->buffer = g_malloc (PIECE);
      read_piece (run);
    }
}

static void
send_from (Run *run, gint64 offset)
{
  GFile *file = cfa_upload_get_file (run->upload);

  run->offset = offset;
  cfa_upload_set_sent (run->upload, offset);
  cfa_upload_set_state (run->upload, CFA_UPLOAD_SENDING);
  if (file == NULL && cfa_upload_get_bytes (run->upload) == NULL)
    end_unread (run, _("The file is not there any more"));
  else if (file != NULL)
    g_file_read_async (file, G_PRIORITY_DEFAULT, cfa_upload_get_cancellable (run->upload), on_opened, run);
  else
    read_piece (run);
}

static void
on_measured (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;
  GError *error = NULL;
  gint64 offset = cfa_transfer_measure_finish (result, &error);

  if (error != NULL)
    end_with_error (run, error);
  else if (offset >= cfa_upload_get_size (run->upload))
    send_from (run, cfa_upload_get_size (run->upload) - 1); /* the last byte once more, whose answer says what became of it */
  else
    send_from (run, offset);
}

static void
on_announced (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;
  GError *error = NULL;
  g_autoptr (CfFileResult) answer = cfa_socket_call_finish (CFA_SOCKET (source), result, NULL, &error);
  const CfFile *file = answer != NULL && answer->records != NULL && answer->records->len > 0 ? answer->records->pdata[0] : NULL;

  if (error != NULL)
    end_with_error (run, error);
  else if (g_cancellable_is_cancelled (cfa_upload_get_cancellable (run->upload)) || run->self->transfer == NULL)
    run_free (run);
  else if (file == NULL || answer->upload == NULL)
    end_unread (run, _("The server did not say where the file goes"));
  else if (file->state != CF_FILE_UPLOADING)
    {
      take_verdict (run->upload, file);
      run_free (run);
    }
  else
    {
      run->path = g_strdup (answer->upload);
      if (cfa_upload_get_sent (run->upload) == 0 && !cfa_upload_get_known (run->upload))
        send_from (run, 0);
      else
        cfa_transfer_measure_async (run->self->transfer, run->path, cfa_upload_get_cancellable (run->upload), on_measured, run);
    }
}

static void
announce (Run *run)
{
  g_autoptr (CfFileCreateParams) params = cf_struct_new (&cf_file_create_params_shape);

  params->id = g_strdup (cfa_upload_get_id (run->upload));
  params->conversation_id = g_strdup (cfa_upload_list_get_conversation (run->list));
  params->name = g_strdup (cfa_upload_get_name (run->upload));
  params->size = cfa_upload_get_size (run->upload);
  params->note = cfa_upload_list_get_note (run->list);
  cfa_socket_call_async (run->self->socket, "file.create", params, &cf_file_result_shape, CALL_TIMEOUT_MS, on_announced, run);
}

static void
start_next (CfaUploader *self)
{
  g_autoptr (CfaUpload) upload = NULL;
  CfaUploadList *list;
  Run *run;

  if (self->current != NULL || self->socket == NULL || self->transfer == NULL || self->again != 0 || self->queue->len == 0)
    return;
  upload = g_ptr_array_steal_index (self->queue, 0);
  list = list_of (self, upload);
  if (list == NULL || cfa_upload_get_state (upload) != CFA_UPLOAD_WAITING)
    {
      start_next (self);
      return;
    }
  run = g_new0 (Run, 1);
  run->self = g_object_ref (self);
  run->upload = g_steal_pointer (&upload);
  run->list = g_object_ref (list);
  self->current = run;
  announce (run);
}

static void
wait_for_turn (CfaUploader *self, CfaUpload *upload)
{
  g_ptr_array_add (self->queue, g_object_ref (upload));
  start_next (self);
}

/* A file that was chosen, and what it turned out to be. */
typedef struct
{
  CfaUploader *self;
  CfaUpload *upload;
} Look;

static void
look_free (Look *look)
{
  g_object_unref (look->self);
  g_object_unref (look->upload);
  g_free (look);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Look, look_free)

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Look) look = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    cfa_upload_fail (look->upload, _("The file is not there any more"), TRUE);
  else if (info == NULL)
    cfa_upload_fail (look->upload, _("The file cannot be read"), TRUE);
  else if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    cfa_upload_fail (look->upload, _("A folder cannot be sent. Make an archive of it first."), FALSE);
  else if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    cfa_upload_fail (look->upload, _("This is not a file that can be sent"), FALSE);
  else if (g_file_info_get_size (info) == 0)
    cfa_upload_fail (look->upload, _("The file is empty"), TRUE);
  else
    {
      cfa_upload_set_size (look->upload, g_file_info_get_size (info));
      wait_for_turn (look->self, look->upload);
    }
}

static void
look_at (CfaUploader *self, CfaUpload *upload)
{
  Look *look;

  if (cfa_upload_get_file (upload) == NULL)
    {
      wait_for_turn (self, upload);
      return;
    }
  look = g_new (Look, 1);
  look->self = g_object_ref (self);
  look->upload = g_object_ref (upload);
  g_file_query_info_async (cfa_upload_get_file (upload), G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                           G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, cfa_upload_get_cancellable (upload), on_looked, look);
}

static void
cfa_uploader_dispose (GObject *object)
{
  cfa_uploader_stop (CFA_UPLOADER (object));
  G_OBJECT_CLASS (cfa_uploader_parent_class)->dispose (object);
}

static void
cfa_uploader_finalize (GObject *object)
{
  CfaUploader *self = CFA_UPLOADER (object);

  g_hash_table_unref (self->lists);
  g_ptr_array_unref (self->queue);
  G_OBJECT_CLASS (cfa_uploader_parent_class)->finalize (object);
}

static void
cfa_uploader_class_init (CfaUploaderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_uploader_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_uploader_finalize;
  changed_signal = g_signal_new ("changed", CFA_TYPE_UPLOADER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, CFA_TYPE_UPLOAD_LIST);
}

static void
cfa_uploader_init (CfaUploader *self)
{
  self->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->queue = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * cfa_uploader_new:
 * @transfer: (nullable): NULL when nobody is signed in: then everything waits
 */
CfaUploader *
cfa_uploader_new (CfaTransfer *transfer)
{
  CfaUploader *self = g_object_new (CFA_TYPE_UPLOADER, NULL);

  self->transfer = transfer != NULL ? g_object_ref (transfer) : NULL;
  return self;
}

/**
 * cfa_uploader_set_socket:
 * @socket: (nullable): NULL while the session is not live
 */
void
cfa_uploader_set_socket (CfaUploader *self, CfaSocket *socket)
{
  g_set_object (&self->socket, socket);
  if (socket == NULL)
    return;
  /* The line is back: there is no need to wait out the last break. */
  g_clear_handle_id (&self->again, g_source_remove);
  start_next (self);
}

static void
on_items_changed (CfaUploadList *list, guint position, guint removed, guint added, CfaUploader *self)
{
  g_signal_emit (self, changed_signal, 0, list);
}

/**
 * cfa_uploader_get_list:
 * @conversation_id: or a channel's
 *
 * Returns: (transfer none): the files of that draft, which live as long as the uploader
 */
CfaUploadList *
cfa_uploader_get_list (CfaUploader *self, const char *conversation_id, gboolean note)
{
  g_autofree char *key = g_strconcat (conversation_id, note ? " note" : "", NULL);
  CfaUploadList *list = g_hash_table_lookup (self->lists, key);

  if (list == NULL)
    {
      list = cfa_upload_list_new (conversation_id, note);
      g_hash_table_insert (self->lists, g_steal_pointer (&key), list);
      g_signal_connect_object (list, "items-changed", G_CALLBACK (on_items_changed), self, 0);
    }
  return list;
}

/**
 * cfa_uploader_add:
 * @upload: shown at once, refused at once when it is no file, carried up when its turn has come
 */
void
cfa_uploader_add (CfaUploader *self, CfaUploadList *list, CfaUpload *upload)
{
  cfa_upload_list_add (list, upload);
  if (cfa_upload_get_state (upload) == CFA_UPLOAD_WAITING)
    look_at (self, upload);
}

/**
 * cfa_uploader_resume:
 * @upload: one that the server may know already: it is asked how far it is
 */
void
cfa_uploader_resume (CfaUploader *self, CfaUploadList *list, CfaUpload *upload)
{
  cfa_upload_list_add (list, upload);
  if (cfa_upload_get_state (upload) != CFA_UPLOAD_WAITING)
    return;
  if (cfa_upload_get_size (upload) > 0)
    wait_for_turn (self, upload);
  else
    look_at (self, upload);
}

/**
 * cfa_uploader_has:
 * Returns: whether that file belongs to a draft
 */
gboolean
cfa_uploader_has (CfaUploader *self, CfaUpload *upload)
{
  return list_of (self, upload) != NULL;
}

/**
 * cfa_uploader_retry:
 * @upload: one that has failed
 */
void
cfa_uploader_retry (CfaUploader *self, CfaUpload *upload)
{
  if (!cfa_upload_get_can_retry (upload))
    return;
  cfa_upload_begin_again (upload);
  if (list_of (self, upload) != NULL)
    g_signal_emit (self, changed_signal, 0, list_of (self, upload));
  look_at (self, upload);
}

/**
 * cfa_uploader_follow:
 * @records: of CfRecord: what the cache has kept
 */
void
cfa_uploader_follow (CfaUploader *self, GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      CfRecord *record = records->pdata[i];
      GHashTableIter iter;
      gpointer list;

      if (record->parent.shape != &cf_file_shape)
        continue;
      g_hash_table_iter_init (&iter, self->lists);
      while (g_hash_table_iter_next (&iter, NULL, &list))
        {
          CfaUpload *upload = cfa_upload_list_find (list, record->id);

          if (upload != NULL)
            take_verdict (upload, (CfFile *) record);
        }
    }
}

/**
 * cfa_uploader_stop:
 * Ends what is on its way; the lists stay readable.
 */
void
cfa_uploader_stop (CfaUploader *self)
{
  GHashTableIter iter;
  gpointer list;

  g_clear_handle_id (&self->again, g_source_remove);
  g_ptr_array_set_size (self->queue, 0);
  g_clear_object (&self->socket);
  g_clear_object (&self->transfer);
  g_hash_table_iter_init (&iter, self->lists);
  while (g_hash_table_iter_next (&iter, NULL, &list))
    for (guint i = 0; i < g_list_model_get_n_items (list); i++)
      {
        g_autoptr (CfaUpload) upload = g_list_model_get_item (list, i);

        g_cancellable_cancel (cfa_upload_get_cancellable (upload));
      }
}
