/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trigger-store.h"

/**
 * cfd_trigger_store_list:
 * Returns: (transfer full): in the order in which they go
 */
GPtrArray *
cfd_trigger_store_list (CfdTx *tx, const char *organisation_id, GError **error)
{
  return cfd_tx_records (tx, error, &cf_trigger_shape, "WHERE organisation_id = $1 AND deleted = 0 ORDER BY place, id", "t", organisation_id);
}
