/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/conversation-params.h"
#include "protocol/methods/form-reply.h"
#include "protocol/records/conversation.h"
#include "protocol/records/visitor.h"

G_BEGIN_DECLS

gboolean   cfd_conversation_form_take (CfdTx *tx, const CfFormReply *reply, CfVisitor *visitor, CfConversation *conversation, GError **error);
gboolean   cfd_conversation_form_ask  (CfdTx *tx, CfConversation *conversation, GError **error);
GPtrArray *cfd_conversations_answer   (CfdTx *tx, const CfdCaller *caller, const CfConversationAnswerParams *params, GError **error);

G_END_DECLS
