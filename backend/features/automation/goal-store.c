/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "goal-store.h"

GPtrArray *
cfd_goal_store_list (CfdTx *tx, const char *organisation_id, GError **error)
{
  return cfd_tx_records (tx, error, &cf_goal_shape, "WHERE organisation_id = $1 AND deleted = 0 ORDER BY created_at, id", "t", organisation_id);
}
