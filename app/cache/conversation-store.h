/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "conversation-row.h"
#include "db.h"

G_BEGIN_DECLS

GPtrArray *cfa_conversation_store_page   (CfaDb *db, const char *agent_id, gint64 before_time, const char *before_id,
                                          guint limit, GError **error);
CfaConversationRow *
           cfa_conversation_store_get    (CfaDb *db, const char *agent_id, const char *id, GError **error);
GPtrArray *cfa_conversation_store_search (CfaDb *db, const char *text, guint limit, GError **error);

G_END_DECLS
