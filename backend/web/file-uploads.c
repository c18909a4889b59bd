/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file-uploads.h"

#include "backend/features/files/file-methods.h"
#include "backend/features/files/file-service.h"
#include "backend/features/files/file-sink.h"
#include "backend/rpc/problem.h"
#include "backend/transport/byte-range.h"
#include "protocol/id.h"

#include <string.h>

#define FOLDER "/api/v1/files/"
#define NAME "/content"
#define VERBS "PUT, HEAD, OPTIONS"
#define DISCARD_MAX (1024 * 1024) /* of a body that was refused we read so much, then hang up */

struct _CfdFileUploads
{
  CfdRestDoor *rest;
  CfdFileChecks *checks;
  CfdWorker *worker;    /* NULL once it has stopped */
  char *folder;
  GHashTable *active;   /* id -> Upload, the one that may write */
};

/* One request: some of the bytes of one file, or the question how many there are. */
typedef struct
{
  CfdFileUploads *uploads;
  CfdRequest *request; /* NULL when the client has left */
  char *id;
  guint64 first, length, size, received, discarded;
  CfFile *file;        /* once it is known that the caller may */
  CfdFileSink *sink;
  GError *error;
  gboolean origin_allowed;
  gboolean replaced;   /* another request writes this file now */
} Upload;

static void
upload_free (Upload *self)
{
  if (g_hash_table_lookup (self->uploads->active, self->id) == self)
    g_hash_table_remove (self->uploads->active, self->id);
  if (self->sink != NULL)
    cfd_file_sink_finish (self->sink, NULL, NULL);
  g_clear_pointer (&self->file, cf_struct_unref);
  g_clear_error (&self->error);
  g_free (self->id);
  g_free (self);
}

/* Returns: (transfer full) (nullable): the id in the address of @request. */
static char *
id_of (CfdRequest *request)
{
  const char *path = cfd_request_get_path (request);
  g_autofree char *id = g_str_has_prefix (path, FOLDER) ? g_strndup (path + strlen (FOLDER), CF_ID_LENGTH) : NULL;

  if (id == NULL || !cf_id_is_valid (id) || strcmp (path + strlen (FOLDER) + CF_ID_LENGTH, NAME) != 0)
    return NULL;
  return g_steal_pointer (&id);
}

static Upload *
upload_new (CfdFileUploads *uploads, CfdRequest *request)
{
  Upload *self = g_new0 (Upload, 1);

  self->uploads = uploads;
  self->request = request;
  self->id = id_of (request);
  return self;
}

static void
add_progress (CfdRequest *request, gint64 stored, gint64 size)
{
  g_autofree char *offset = g_strdup_printf ("%" G_GINT64_FORMAT, stored), *length = g_strdup_printf ("%" G_GINT64_FORMAT, size);

  cfd_request_add_header (request, "Upload-Offset", offset);
  cfd_request_add_header (request, "Upload-Length", length);
}

static void
refuse (Upload *self, const GError *error)
{
  if (self->origin_allowed)
    cfd_rest_door_allow_origin (self->request);
  cfd_problem_respond (self->request, error, cfd_router_retry_after (error));
  upload_free (self);
}

/* As any REST call, except that its params are in the address and the body is none of its business. */
static void
call (Upload *self, const CfdMethod *method, CfdJobDone done)
{
  g_autoptr (CfFileParams) params = cf_struct_new (&cf_file_params_shape);

  params->id = g_strdup (self->id);
  cfd_rest_door_call (self->uploads->rest, self->request, method, &params->parent, done, self);
}

/* Only one request writes a file; the last that came does, because the others' lines may be dead without our knowing. */
static void
replace_others (Upload *self)
{
  Upload *before = g_hash_table_lookup (self->uploads->active, self->id);

  if (before != NULL)
    {
      before->replaced = TRUE;
      if (before->sink != NULL)
        cfd_file_sink_finish (g_steal_pointer (&before->sink), NULL, NULL);
      if (before->request != NULL)
        cfd_request_go_on (before->request);
    }
  g_hash_table_insert (self->uploads->active, g_strdup (self->id), self);
}

static void
on_eased (gpointer data)
{
  Upload *self = data;

  cfd_request_go_on (self->request);
}

static void
check_range (Upload *self)
{
  if (self->error == NULL && self->file->state == CF_FILE_UPLOADING && self->size != (guint64) self->file->size)
    g_set_error (&self->error, CF_ERROR, CF_ERROR_INVALID, "got a file of %" G_GUINT64_FORMAT " bytes, expected the %" G_GINT64_FORMAT " of file.create",
                 self->size, self->file->size);
}

static void
on_permitted (CfdJob *job, const GError *error, gpointer data)
{
  Upload *self = data;
  const CfFileResult *result = (const CfFileResult *) job->result;

  self->origin_allowed = job->origin_allowed;
  if (error != NULL)
    {
      g_clear_error (&self->error);
      self->error = g_error_copy (error);
    }
  else
    self->file = cf_struct_ref (result->records->pdata[0]);
  if (self->file != NULL)
    check_range (self);
  if (self->error == NULL && self->file->state == CF_FILE_UPLOADING && self->uploads->worker != NULL)
    {
      replace_others (self);
      self->sink = cfd_file_sink_new (self->uploads->worker, self->uploads->folder, self->id, self->first);
      cfd_file_sink_set_eased (self->sink, on_eased, self);
    }
  cfd_request_go_on (self->request);
}

static gboolean
on_piece (CfdRequest *request, const void *bytes, gsize length, gpointer data)
{
  Upload *self = data;

  self->received += length;
  if (self->replaced)
    return FALSE;
  if (self->sink == NULL)
    {
      self->discarded += length;
      return self->discarded <= DISCARD_MAX;
    }
  if (self->received > self->length)
    return FALSE;
  cfd_file_sink_write (self->sink, bytes, length);
  if (cfd_file_sink_is_full (self->sink))
    cfd_request_hold (request);
  return TRUE;
}

static void
on_gone (CfdRequest *request, gpointer data)
{
  upload_free (data);
}

static const CfdBodyTaker taker = { on_piece, on_gone };

/* Which bytes the request brings: those of its Content-Range, or without one all of them. */
static void
read_range (Upload *self)
{
  const char *range = cfd_request_get_header (self->request, "Content-Range"), *length = cfd_request_get_header (self->request, "Content-Length");
  guint64 last = 0, body = 0;

  if (length == NULL || !g_ascii_string_to_unsigned (length, 10, 1, G_MAXINT64, &body, NULL))
    g_set_error_literal (&self->error, CF_ERROR, CF_ERROR_INVALID, "Content-Length: expected the number of bytes");
  else if (range == NULL)
    self->size = self->length = body;
  else if (!cfd_byte_range_given (range, &self->first, &last, &self->size) || last - self->first + 1 != body)
    g_set_error (&self->error, CF_ERROR, CF_ERROR_INVALID, "Content-Range: expected \"bytes FIRST-LAST/SIZE\" that is as long as the body");
  else
    self->length = body;
}

static void
on_answered (CfdJob *job, const GError *error, gpointer data)
{
  Upload *self = data;
  const CfFileResult *result = (const CfFileResult *) job->result;
  const CfFile *file = result != NULL ? result->records->pdata[0] : NULL;
  gboolean complete = file != NULL && file->state != CF_FILE_UPLOADING;

  if (complete && file->state == CF_FILE_CHECKING)
    cfd_file_checks_add (self->uploads->checks, self->id);
  if (file != NULL)
    add_progress (self->request, complete ? file->size : (gint64) (self->first + self->length), file->size);
  cfd_rest_door_respond (job, error, self->request);
  upload_free (self);
}

static void
on_stored (gint64 stored, const GError *error, gpointer data)
{
  Upload *self = data;

  if (error != NULL)
    refuse (self, error);
  else
    call (self, (guint64) stored == self->size ? &cfd_file_uploaded_method : &cfd_file_upload_method, on_answered);
}

/* HEAD: how much is there. */
static void
on_measured (gint64 stored, const GError *error, gpointer data)
{
  Upload *self = data;
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);

  if (error != NULL)
    {
      refuse (self, error);
      return;
    }
  if (self->origin_allowed)
    cfd_rest_door_allow_origin (self->request);
  cfd_request_add_header (self->request, "Cache-Control", "no-store");
  add_progress (self->request, stored, self->file->size);
  cfd_request_respond (self->request, 200, NULL, nothing);
  upload_free (self);
}

static void
on_may_measure (CfdJob *job, const GError *error, gpointer data)
{
  Upload *self = data;
  const CfFileResult *result = (const CfFileResult *) job->result;

  self->origin_allowed = job->origin_allowed;
  if (error != NULL || self->uploads->worker == NULL)
    {
      g_autoptr (GError) ending = g_error_new_literal (CF_ERROR, CF_ERROR_UNAVAILABLE, "the server restarts");

      refuse (self, error != NULL ? error : ending);
      return;
    }
  self->file = cf_struct_ref (result->records->pdata[0]);
  if (self->file->state != CF_FILE_UPLOADING)
    {
      on_measured (self->file->size, NULL, self);
      return;
    }
  replace_others (self);
  cfd_file_sink_finish (cfd_file_sink_new (self->uploads->worker, self->uploads->folder, self->id, -1), on_measured, self);
}

static void
finish_put (CfdRequest *request)
{
  Upload *self = cfd_request_get_stream (request);
  g_autoptr (GError) error = NULL;

  if (self->error != NULL)
    error = g_error_copy (self->error);
  else if (self->replaced)
    error = g_error_new_literal (CF_ERROR, CF_ERROR_CONFLICT, "another request brings this file now");
  else if (self->sink != NULL && self->received != self->length)
    error = g_error_new_literal (CF_ERROR, CF_ERROR_INVALID, "the body has another length than was said");
  if (error != NULL)
    refuse (self, error);
  else if (self->sink != NULL)
    cfd_file_sink_finish (g_steal_pointer (&self->sink), on_stored, self);
  else
    call (self, &cfd_file_upload_method, on_answered);
}

/**
 * cfd_file_uploads_new:
 * @folder: of the files, which exists
 */
CfdFileUploads *
cfd_file_uploads_new (CfdRestDoor *rest, CfdFileChecks *checks, const char *folder)
{
  CfdFileUploads *self = g_new0 (CfdFileUploads, 1);

  self->rest = rest;
  self->checks = checks;
  self->folder = g_strdup (folder);
  self->worker = cfd_worker_new ("file-writer");
  self->active = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/**
 * cfd_file_uploads_owns:
 * Returns: whether the address of @request is one of a file's content
 */
gboolean
cfd_file_uploads_owns (CfdRequest *request)
{
  g_autofree char *id = id_of (request);

  return id != NULL;
}

/**
 * cfd_file_uploads_begin:
 * The headers of @request are there. Nothing of its body is taken before it is known that its sender may.
 */
void
cfd_file_uploads_begin (CfdFileUploads *self, CfdRequest *request)
{
  Upload *upload;

  if (!g_str_equal (cfd_request_get_verb (request), "PUT") || !cfd_file_uploads_owns (request))
    return;
  upload = upload_new (self, request);
  cfd_request_stream (request, cfd_files_max_size (), &taker, upload);
  read_range (upload);
  cfd_request_hold (request);
  call (upload, &cfd_file_upload_method, on_permitted);
}

/**
 * cfd_file_uploads_request:
 * @request: whole; answered now or later
 */
void
cfd_file_uploads_request (CfdFileUploads *self, CfdRequest *request)
{
  const char *verb = cfd_request_get_verb (request);

  if (g_str_equal (verb, "OPTIONS"))
    cfd_rest_door_preflight (self->rest, request, VERBS);
  else if (g_str_equal (verb, "HEAD"))
    call (upload_new (self, request), &cfd_file_upload_method, on_may_measure);
  else if (!g_str_equal (verb, "PUT"))
    {
      cfd_request_add_header (request, "Allow", VERBS);
      cfd_problem_respond_status (request, 405, CF_ERROR_INVALID, "this address does not take that verb; see Allow", 0);
    }
  else if (cfd_request_get_stream (request) != NULL)
    finish_put (request);
  else
    cfd_problem_respond_status (request, 400, CF_ERROR_INVALID, "Content-Length: expected the number of bytes", 0);
}

void
cfd_file_uploads_stop (CfdFileUploads *self)
{
  GHashTableIter iter;
  Upload *upload;

  g_hash_table_iter_init (&iter, self->active);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &upload))
    {
      upload->replaced = TRUE;
      if (upload->sink != NULL)
        cfd_file_sink_finish (g_steal_pointer (&upload->sink), NULL, NULL);
    }
  g_clear_pointer (&self->worker, cfd_worker_free);
}

void
cfd_file_uploads_free (CfdFileUploads *self)
{
  g_hash_table_unref (self->active);
  g_free (self->folder);
  g_free (self);
}
