/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analytics-store.h"

/**
 * cfd_analytics_store_begun:
 * Returns: (transfer full): when each conversation of the site that began in the time did so, whether it is closed, and its rating; in their order
 */
CfdRows *
cfd_analytics_store_begun (CfdTx *tx, const char *site_id, gint64 since, gint64 until, GError **error)
{
  return cfd_tx_query (tx, error,
                       "SELECT created_at, status = 'closed', rating FROM conversation"
                       " WHERE site_id = $1 AND created_at >= $2 AND created_at < $3 AND deleted = 0 ORDER BY created_at",
                       "tii", site_id, since, until);
}

/**
 * cfd_analytics_store_answered:
 * Returns: (transfer full): of the newest conversations of the site that began in its hours and in which the visitor has written: when they did first,
 *   when an agent answered first (0 = not yet), and whether it is closed
 */
CfdRows *
cfd_analytics_store_answered (CfdTx *tx, const char *site_id, gint64 since, gint64 limit, GError **error)
{
  return cfd_tx_query (tx, error,
                       "SELECT asked.created_at, coalesce ((SELECT a.created_at FROM message a WHERE a.conversation_id = asked.conversation_id"
                       " AND a.position > asked.position AND a.author_kind = 'agent' AND a.kind = 'text' AND a.deleted = 0 ORDER BY a.position LIMIT 1), 0),"
                       " begun.status = 'closed'"
                       " FROM (SELECT id, status FROM conversation WHERE site_id = $1 AND created_at >= $2 AND deleted = 0 AND away = 0"
                       " ORDER BY created_at DESC LIMIT $3) begun"
                       " CROSS JOIN message asked ON asked.seq = (SELECT v.seq FROM message v WHERE v.conversation_id = begun.id"
                       " AND v.author_kind = 'visitor' AND v.kind = 'text' ORDER BY v.position LIMIT 1)",
                       "tii", site_id, since, limit);
}
