/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "organisation-store.h"

/**
 * cfd_organisation_store_list:
 * Returns: (transfer full): all organisations of this server, oldest first.
 */
GPtrArray *
cfd_organisation_store_list (CfdTx *tx, GError **error)
{
  return cfd_tx_records (tx, error, &cf_organisation_shape, "WHERE deleted = 0 ORDER BY created_at, id", "");
}
