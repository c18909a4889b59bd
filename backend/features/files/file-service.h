/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/file-params.h"
#include "protocol/records/conversation.h"
#include "protocol/records/team-message.h"

G_BEGIN_DECLS

/* Files of one message, and those of a visitor that are on their way. */
#define CFD_FILES_OF_MESSAGE 10
#define CFD_FILES_UNFINISHED 5

void          cfd_files_configure (gint64 max_size, gint64 max_files, gint64 link_hours);
gint64        cfd_files_max_size  (void);
CfFileResult *cfd_files_create    (CfdTx *tx, const CfdCaller *caller, const CfFileCreateParams *params, GError **error);
CfFileResult *cfd_files_link      (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error);
CfFileResult *cfd_files_cancel    (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error);
gboolean      cfd_files_check     (CfdTx *tx, const CfdCaller *caller, const CfConversation *conversation, const char *const *ids, GError **error);
GPtrArray    *cfd_files_take      (CfdTx *tx, const CfdCaller *caller, const CfConversation *conversation, const char *const *ids, gboolean staff_only, GError **error);
GPtrArray    *cfd_files_take_among (CfdTx *tx, const CfdCaller *caller, const CfTeamMessage *message, GError **error);

/* What the daemon does with them: the bytes are elsewhere. */
CfFileResult *cfd_files_upload    (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error);
CfFileResult *cfd_files_uploaded  (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error);
CfFile       *cfd_files_download  (CfdTx *tx, const char *id, const char *proof, gint64 *expires_at, GError **error);
gboolean      cfd_files_settle    (CfdTx *tx, const CfFile *verdict, GError **error);
GPtrArray    *cfd_files_checking  (CfdTx *tx, GError **error);
GPtrArray    *cfd_files_forgotten (CfdTx *tx, GError **error);
gboolean      cfd_files_forget    (CfdTx *tx, const char *id, GError **error);
void          cfd_files_remove    (const char *folder, const char *id);

G_END_DECLS
