/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "protocol/methods/conversation-params.h"
#include "protocol/records/conversation.h"
#include "protocol/records/read-mark.h"

G_BEGIN_DECLS

gboolean   cfd_conversation_store_open_of_visitor (CfdTx *tx, const char *visitor_id, CfConversation **out, GError **error);
GPtrArray *cfd_conversation_store_list            (CfdTx *tx, const char *organisation_id, const char *sites,
                                                   const CfConversationListParams *filter, gint64 limit, GError **error);
GPtrArray *cfd_conversation_store_assigned        (CfdTx *tx, const char *organisation_id, const char *agent_id, GError **error);
GPtrArray *cfd_conversation_store_messages        (CfdTx *tx, const char *conversation_id, gboolean staff, gint64 before,
                                                   gint64 limit, GError **error);
GPtrArray *cfd_conversation_store_said            (CfdTx *tx, const char *conversation_id, const char *but, gint64 limit, GError **error);
gint64     cfd_conversation_store_text_position   (CfdTx *tx, const char *conversation_id, gint64 at_most, GError **error);
gboolean   cfd_conversation_store_read_mark       (CfdTx *tx, const char *conversation_id, const char *reader_id, CfReadMark **out,
                                                   GError **error);
GPtrArray *cfd_conversation_store_read_marks      (CfdTx *tx, const char *conversation_id, GError **error);
gboolean   cfd_conversation_store_colleague_after (CfdTx *tx, const char *conversation_id, const char *agent_id, gint64 position,
                                                   char **name, GError **error);
gboolean   cfd_conversation_store_visitor_after   (CfdTx *tx, const char *conversation_id, gint64 position, gboolean *wrote, GError **error);
gboolean   cfd_conversation_store_closed_after    (CfdTx *tx, const char *conversation_id, gint64 position, char **by, GError **error);
gboolean   cfd_conversation_store_was_served      (CfdTx *tx, const char *conversation_id, gboolean *served, GError **error);
gboolean   cfd_conversation_store_have_met        (CfdTx *tx, const char *visitor_id, const char *agent_id, gboolean *met, GError **error);
GPtrArray *cfd_conversation_store_due             (CfdTx *tx, gint64 now, gint64 limit, GError **error);
gint64     cfd_conversation_store_next_due        (CfdTx *tx, GError **error);

gboolean   cfd_conversation_store_last_of_visitor (CfdTx *tx, const char *visitor_id, gint64 since, CfConversation **out, GError **error);

G_END_DECLS
