/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tag-store.h"

GPtrArray *
cfd_tag_store_list (CfdTx *tx, const char *organisation_id, GError **error)
{
  return cfd_tx_records (tx, error, &cf_tag_shape, "WHERE organisation_id = $1 AND deleted = 0 ORDER BY name, id", "t", organisation_id);
}
