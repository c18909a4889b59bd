/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-private.h"

#include "app/features/files/file-cache.h"

/**
 * cfa_session_begin_files:
 * Called once, when account and cache are there.
 */
void
cfa_session_begin_files (CfaSession *self)
{
  g_autofree char *folder = cfa_file_cache_folder (self->account->agent_id);
  g_autofree char *drafts = cfa_draft_files_folder (self->account->agent_id);

  self->transfer = self->token != NULL ? cfa_transfer_new (self->account->server, self->token) : NULL;
  self->uploader = cfa_uploader_new (self->transfer);
  self->draft_files = cfa_draft_files_new (self->cache, self->uploader, drafts);
  self->attachments = cfa_attachments_new (self->cache, self->transfer, folder);
}

void
cfa_session_end_files (CfaSession *self)
{
  if (self->uploader == NULL)
    return;
  cfa_draft_files_stop (self->draft_files);
  cfa_uploader_stop (self->uploader);
  cfa_attachments_stop (self->attachments);
  g_clear_object (&self->transfer);
}

/**
 * cfa_session_follow_files:
 * @records: of CfRecord: what the cache has kept
 */
void
cfa_session_follow_files (CfaSession *self, GPtrArray *records)
{
  cfa_uploader_follow (self->uploader, records);
  cfa_attachments_follow (self->attachments, records);
}

/**
 * cfa_session_get_uploads:
 * @conversation_id: or a channel's
 * @note: those of the note that is being written, or else of the answer
 *
 * Returns: (transfer none): the files of that draft
 */
CfaUploadList *
cfa_session_get_uploads (CfaSession *self, const char *conversation_id, gboolean note)
{
  return cfa_uploader_get_list (self->uploader, conversation_id, note);
}

/**
 * cfa_session_attach:
 * @upload: a new one, which belongs to @list from now on
 */
void
cfa_session_attach (CfaSession *self, CfaUploadList *list, CfaUpload *upload)
{
  cfa_uploader_add (self->uploader, list, upload);
}

/* A file on its way back into a draft. */
typedef struct
{
  CfaUploader *uploader;
  CfaUploadList *list;
} Again;

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  Again *again = data;
  g_autoptr (GPtrArray) found = cfa_cache_array_finish (result, NULL);
  const CfFile *file = found != NULL && found->len > 0 ? found->pdata[0] : NULL;
  g_autoptr (CfaUpload) upload = file != NULL ? cfa_upload_new_known (file->parent.id, file->name, NULL, file->size) : NULL;

  if (upload != NULL && cfa_upload_list_find (again->list, file->parent.id) == NULL)
    {
      if (file->state == CF_FILE_READY)
        cfa_upload_set_state (upload, CFA_UPLOAD_READY);
      cfa_uploader_resume (again->uploader, again->list, upload);
    }
  g_object_unref (again->uploader);
  g_object_unref (again->list);
  g_free (again);
}

/**
 * cfa_session_attach_again:
 * @files: ids of files that the server has, and that no message has after all
 *
 * They belong to the draft again.
 */
void
cfa_session_attach_again (CfaSession *self, const char *conversation_id, gboolean note, const char *const *files)
{
  for (guint i = 0; self->cache != NULL && files[i] != NULL; i++)
    {
      Again *again = g_new (Again, 1);

      again->uploader = g_object_ref (self->uploader);
      again->list = g_object_ref (cfa_uploader_get_list (self->uploader, conversation_id, note));
      cfa_cache_record_async (self->cache, &cf_file_shape, files[i], on_found, again);
    }
}

/**
 * cfa_session_retry_upload:
 * @upload: one that has failed
 */
void
cfa_session_retry_upload (CfaSession *self, CfaUpload *upload)
{
  cfa_uploader_retry (self->uploader, upload);
}

/**
 * cfa_session_open_attachment:
 * @id: of a file that a message has brought
 */
CfaAttachment *
cfa_session_open_attachment (CfaSession *self, const char *id)
{
  return cfa_attachments_open (self->attachments, id);
}

/**
 * cfa_session_fetch_attachment:
 * Brings its content to this computer, unless it is here already.
 */
void
cfa_session_fetch_attachment (CfaSession *self, CfaAttachment *attachment)
{
  cfa_attachments_fetch (self->attachments, attachment);
}
