/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upload-list.h"

#include "app/connection/socket.h"
#include "app/connection/transfer.h"

G_BEGIN_DECLS

#define CFA_TYPE_UPLOADER (cfa_uploader_get_type ())
G_DECLARE_FINAL_TYPE (CfaUploader, cfa_uploader, CFA, UPLOADER, GObject)

/*
 * Carries the files of all drafts to the server, one after the other, piece by piece, and goes on where a break has left it. What becomes
 * of them there it hears by their records. Signal: "changed" (CfaUploadList): which files it has.
 */
CfaUploader   *cfa_uploader_new        (CfaTransfer *transfer);
void           cfa_uploader_set_socket (CfaUploader *self, CfaSocket *socket);
CfaUploadList *cfa_uploader_get_list   (CfaUploader *self, const char *conversation_id, gboolean note);
void           cfa_uploader_add        (CfaUploader *self, CfaUploadList *list, CfaUpload *upload);
void           cfa_uploader_resume     (CfaUploader *self, CfaUploadList *list, CfaUpload *upload);
gboolean       cfa_uploader_has        (CfaUploader *self, CfaUpload *upload);
void           cfa_uploader_retry      (CfaUploader *self, CfaUpload *upload);
void           cfa_uploader_follow     (CfaUploader *self, GPtrArray *records);
void           cfa_uploader_stop       (CfaUploader *self);

G_END_DECLS
