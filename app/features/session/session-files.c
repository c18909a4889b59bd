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
  g_autoptr (CfaTransfer) transfer = self->token != NULL ? cfa_transfer_new (self->account->server, self->token) : NULL;

  self->uploader = cfa_uploader_new (transfer);
  self->attachments = cfa_attachments_new (self->cache, transfer, folder);
}

void
cfa_session_end_files (CfaSession *self)
{
  if (self->uploader == NULL)
    return;
  cfa_uploader_stop (self->uploader);
  cfa_attachments_stop (self->attachments);
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
