/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "conversation-row.h"
#include "db.h"

G_BEGIN_DECLS

CfaConversationRow *
           cfa_conversation_store_get    (CfaDb *db, const char *id, GError **error);
gboolean   cfa_conversation_store_add    (CfaDb *db, GPtrArray *ids, GPtrArray *rows, GError **error);
GPtrArray *cfa_conversation_store_waiting (CfaDb *db, const char *agent_id, gint64 after, gint64 until, guint limit, GError **error);
GPtrArray *cfa_conversation_store_past (CfaDb *db, const char *visitor_id, guint limit, GError **error);
GPtrArray *cfa_conversation_store_of_visitor (CfaDb *db, const char *agent_id, const char *visitor_id, guint limit, GError **error);

G_END_DECLS
