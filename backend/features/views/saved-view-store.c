/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "saved-view-store.h"

/**
 * cfd_saved_view_store_list:
 * Returns: (transfer full): the shared views and those of one agent, by their place.
 */
GPtrArray *
cfd_saved_view_store_list (CfdTx *tx, const char *organisation_id, const char *agent_id, GError **error)
{
  return cfd_tx_records (tx, error, &cf_saved_view_shape,
                         "WHERE organisation_id = $1 AND deleted = 0 AND (owner_id IS NULL OR owner_id = $2) ORDER BY place, id",
                         "tt", organisation_id, agent_id);
}

/**
 * cfd_saved_view_store_count:
 * @owner_id: (nullable): NULL counts the shared ones
 *
 * Returns: how many there are; -1 with an error.
 */
gint64
cfd_saved_view_store_count (CfdTx *tx, const char *organisation_id, const char *owner_id, GError **error)
{
  return cfd_rows_only (cfd_tx_query (tx, error, "SELECT count(*) FROM saved_view WHERE organisation_id = $1 AND deleted = 0 AND owner_id IS $2",
                                      "tt", organisation_id, owner_id), error);
}
