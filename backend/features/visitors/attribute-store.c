/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "attribute-store.h"

#include "protocol/records/attribute.h"

GPtrArray *
cfd_attribute_store_list (CfdTx *tx, const char *organisation_id, GError **error)
{
  return cfd_tx_records (tx, error, &cf_attribute_shape, "WHERE organisation_id = $1 AND deleted = 0 ORDER BY place, id", "t",
                         organisation_id);
}
