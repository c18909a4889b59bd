/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scheduled-store.h"

/**
 * cfd_scheduled_store_count:
 * Returns: how many there are in a conversation; -1 with an error.
 */
gint64
cfd_scheduled_store_count (CfdTx *tx, const char *conversation_id, GError **error)
{
  return cfd_rows_only (cfd_tx_query (tx, error, "SELECT count(*) FROM scheduled_message WHERE conversation_id = $1 AND deleted = 0",
                                      "t", conversation_id), error);
}

/**
 * cfd_scheduled_store_due:
 * Returns: (transfer full): ids (of char *) of those that were to go by @now, the longest overdue first, at most @limit.
 */
GPtrArray *
cfd_scheduled_store_due (CfdTx *tx, gint64 now, gint64 limit, GError **error)
{
  return cfd_rows_texts (cfd_tx_query (tx, error, "SELECT id FROM scheduled_message WHERE deleted = 0 AND held = '' AND send_at <= $1"
                                                  " ORDER BY send_at LIMIT $2", "ii", now, limit), error);
}

/**
 * cfd_scheduled_store_next:
 * Returns: when the next one goes, ms UTC; 0 when none waits, -1 with an error.
 */
gint64
cfd_scheduled_store_next (CfdTx *tx, GError **error)
{
  return cfd_rows_only (cfd_tx_query (tx, error, "SELECT send_at FROM scheduled_message WHERE deleted = 0 AND held = '' ORDER BY send_at LIMIT 1",
                                      NULL), error);
}
