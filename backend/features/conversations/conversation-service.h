/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/conversation-params.h"
#include "protocol/methods/results.h"

G_BEGIN_DECLS

/* All return (transfer full) the records that were read or touched, or NULL with an error. */
GPtrArray       *cfd_conversations_start    (CfdTx *tx, const CfdCaller *caller, const CfConversationStartParams *params, GError **error);
GPtrArray       *cfd_conversations_send     (CfdTx *tx, const CfdCaller *caller, const CfMessageSendParams *params, GError **error);
GPtrArray       *cfd_conversations_note     (CfdTx *tx, const CfdCaller *caller, const CfMessageSendParams *params, GError **error);
GPtrArray       *cfd_conversations_assign   (CfdTx *tx, const CfdCaller *caller, const CfConversationAssignParams *params, GError **error);
GPtrArray       *cfd_conversations_accept   (CfdTx *tx, const CfdCaller *caller, const CfConversationActionParams *params, GError **error);
GPtrArray       *cfd_conversations_transfer (CfdTx *tx, const CfdCaller *caller, const CfConversationTransferParams *params, GError **error);
gboolean         cfd_conversations_let_go   (CfdTx *tx, const CfdCaller *by, const CfAgent *agent, GError **error);
gboolean         cfd_conversations_have_met (CfdTx *tx, const CfdCaller *visitor, const char *agent_id, gboolean *met, GError **error);
GPtrArray       *cfd_conversations_escalate (CfdTx *tx, const CfdCaller *caller, const CfConversationEscalateParams *params, GError **error);
GPtrArray       *cfd_conversations_unassign (CfdTx *tx, const CfdCaller *caller, const CfConversationActionParams *params, GError **error);
GPtrArray       *cfd_conversations_close    (CfdTx *tx, const CfdCaller *caller, const CfConversationActionParams *params, GError **error);
GPtrArray       *cfd_conversations_reopen   (CfdTx *tx, const CfdCaller *caller, const CfConversationActionParams *params, GError **error);
GPtrArray       *cfd_conversations_snooze   (CfdTx *tx, const CfdCaller *caller, const CfConversationSnoozeParams *params, GError **error);
GPtrArray       *cfd_conversations_tag      (CfdTx *tx, const CfdCaller *caller, const CfConversationTagParams *params, GError **error);
GPtrArray       *cfd_conversations_pin      (CfdTx *tx, const CfdCaller *caller, const CfConversationPinParams *params, GError **error);
GPtrArray       *cfd_conversations_rate     (CfdTx *tx, const CfdCaller *caller, const CfConversationRateParams *params, GError **error);
GPtrArray       *cfd_conversations_read     (CfdTx *tx, const CfdCaller *caller, const CfConversationReadParams *params, GError **error);
GPtrArray       *cfd_conversations_get      (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error);
CfRecordsResult *cfd_conversations_list     (CfdTx *tx, const CfdCaller *caller, const CfConversationListParams *params, GError **error);
CfRecordsResult *cfd_conversations_messages (CfdTx *tx, const CfdCaller *caller, const CfMessageListParams *params, GError **error);
gboolean         cfd_conversations_open_of  (CfdTx *tx, const char *visitor_id, CfConversation **conversation, GError **error);
gboolean         cfd_conversations_last_of  (CfdTx *tx, const char *visitor_id, gint64 since, CfConversation **conversation, GError **error);
gboolean         cfd_conversations_wrote_since  (CfdTx *tx, const char *id, gint64 position, gboolean *wrote, GError **error);
gboolean         cfd_conversations_closed_since (CfdTx *tx, const char *id, gint64 position, char **by, GError **error);
gboolean         cfd_conversations_wake_due (CfdTx *tx, const char *id, GError **error);

gboolean            cfd_conversations_mask         (CfdTx *tx, const char *id, const char *text, char **out, GError **error);

G_END_DECLS
