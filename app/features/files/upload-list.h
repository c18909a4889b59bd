/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "upload.h"

G_BEGIN_DECLS

/* docs/protocol.md: so many files one message takes. */
#define CFA_UPLOADS_MAX 10

typedef enum
{
  CFA_UPLOADS_NONE,
  CFA_UPLOADS_BUSY,   /* some are still on their way */
  CFA_UPLOADS_READY,  /* a message may take them all */
  CFA_UPLOADS_FAILED, /* one has to be tried again or taken away first */
} CfaUploadsState;

#define CFA_TYPE_UPLOAD_LIST (cfa_upload_list_get_type ())
G_DECLARE_FINAL_TYPE (CfaUploadList, cfa_upload_list, CFA, UPLOAD_LIST, GObject)

/*
 * The files of one draft: of an answer, a note, or a message to colleagues. A GListModel of CfaUpload.
 * Signal: "changed": one of them, or who waits for them.
 */
CfaUploadList  *cfa_upload_list_new              (const char *conversation_id, gboolean note);
const char     *cfa_upload_list_get_conversation (CfaUploadList *self);
gboolean        cfa_upload_list_get_note         (CfaUploadList *self);
CfaUploadsState cfa_upload_list_get_state        (CfaUploadList *self);
void            cfa_upload_list_add              (CfaUploadList *self, CfaUpload *upload);
gboolean        cfa_upload_list_remove           (CfaUploadList *self, CfaUpload *upload);
CfaUpload      *cfa_upload_list_find             (CfaUploadList *self, const char *id);
gboolean        cfa_upload_list_get_awaited      (CfaUploadList *self);
void            cfa_upload_list_set_awaited      (CfaUploadList *self, gboolean awaited);
char           *cfa_upload_list_dup_names        (CfaUploadList *self);
char          **cfa_upload_list_take             (CfaUploadList *self);

G_END_DECLS
