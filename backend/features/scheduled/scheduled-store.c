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
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  GError *problem = NULL;
  g_autoptr (CfdRows) rows =
    cfd_tx_query (tx, error, "SELECT id FROM scheduled_message WHERE deleted = 0 AND held = '' AND send_at <= $1 ORDER BY send_at LIMIT $2",
                  "ii", now, limit);

  if (rows == NULL)
    return NULL;
  while (cfd_rows_next (rows, &problem))
    g_ptr_array_add (ids, g_strdup (cfd_rows_text (rows, 0)));
  if (problem == NULL)
    return g_steal_pointer (&ids);
  g_propagate_error (error, problem);
  return NULL;
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
