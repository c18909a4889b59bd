/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit-store.h"

/**
 * cfd_audit_store_list:
 * @actor_id: (nullable): of one agent only
 * @action: (nullable): of one kind only
 *
 * Each is a walk along an index. Returns: (transfer full): at most @limit entries with a revision below @before, newest first.
 */
GPtrArray *
cfd_audit_store_list (CfdTx *tx, const char *organisation_id, const char *actor_id, const char *action, gint64 before, gint64 limit,
                      GError **error)
{
  if (actor_id != NULL)
    return cfd_tx_records (tx, error, &cf_audit_entry_shape,
                           "WHERE organisation_id = $1 AND actor_id = $2 AND rev < $3 AND ($4 IS NULL OR action = $4) ORDER BY rev DESC LIMIT $5",
                           "ttiti", organisation_id, actor_id, before, action, limit);
  if (action != NULL)
    return cfd_tx_records (tx, error, &cf_audit_entry_shape,
                           "WHERE organisation_id = $1 AND action = $2 AND rev < $3 ORDER BY rev DESC LIMIT $4",
                           "ttii", organisation_id, action, before, limit);
  return cfd_tx_records (tx, error, &cf_audit_entry_shape, "WHERE organisation_id = $1 AND rev < $2 ORDER BY rev DESC LIMIT $3",
                         "tii", organisation_id, before, limit);
}
