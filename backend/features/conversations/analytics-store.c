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
