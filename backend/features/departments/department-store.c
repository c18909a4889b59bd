/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "department-store.h"

GPtrArray *
cfd_department_store_list (CfdTx *tx, const char *organisation_id, GError **error)
{
  return cfd_tx_records (tx, error, &cf_department_shape,
                         "WHERE organisation_id = $1 AND deleted = 0 ORDER BY name, id", "t", organisation_id);
}

/**
 * cfd_department_store_open:
 * Returns: how many open conversations are in it; -1 with an error.
 */
gint64
cfd_department_store_open (CfdTx *tx, const char *department_id, GError **error)
{
  return cfd_rows_only (cfd_tx_query (tx, error, "SELECT count(*) FROM conversation WHERE department_id = $1 AND status = 'open' AND deleted = 0",
                                      "t", department_id), error);
}
