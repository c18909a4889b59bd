/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "canned-store.h"

/**
 * cfd_canned_store_taken:
 * @taken: (out): whether anyone who sees @canned sees another one with its shortcut
 *
 * A shared one is seen by all, so it meets everybody's own; an own one meets the shared ones and those of its owner. Returns: FALSE on an error.
 */
gboolean
cfd_canned_store_taken (CfdTx *tx, const CfCannedResponse *canned, gboolean *taken, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (CfdRows) rows =
    cfd_tx_query (tx, error, "SELECT 1 FROM canned_response WHERE organisation_id = $1 AND shortcut = $2 AND id <> $3 AND deleted = 0"
                             " AND ($4 IS NULL OR owner_id IS NULL OR owner_id = $4) LIMIT 1",
                  "tttt", canned->parent.organisation_id, canned->shortcut, canned->parent.id, canned->owner_id);

  if (rows == NULL)
    return FALSE;
  *taken = cfd_rows_next (rows, &problem);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}
