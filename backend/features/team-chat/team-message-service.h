/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/conversation-params.h"

G_BEGIN_DECLS

CfRecordsResult *cfd_team_messages_list (CfdTx *tx, const CfdCaller *by, const CfMessageListParams *params, GError **error);

/* All return (transfer full) the records that were touched, or NULL with an error. */
GPtrArray *cfd_team_messages_send   (CfdTx *tx, const CfdCaller *by, const CfMessageSendParams *params, GError **error);
GPtrArray *cfd_team_messages_edit   (CfdTx *tx, const CfdCaller *by, const CfMessageEditParams *params, GError **error);
GPtrArray *cfd_team_messages_remove (CfdTx *tx, const CfdCaller *by, const char *id, GError **error);
GPtrArray *cfd_team_messages_read   (CfdTx *tx, const CfdCaller *by, const CfConversationReadParams *params, GError **error);

G_END_DECLS
