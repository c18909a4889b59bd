/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "invite-store.h"

/**
 * cfd_invite_store_by_hash:
 * @out: (out) (nullable): the invite of any organisation, also one that was revoked
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_invite_store_by_hash (CfdTx *tx, const char *token_hash, CfInvite **out, GError **error)
{
  GError *problem = NULL;

  *out = cfd_tx_record (tx, &problem, &cf_invite_shape, "WHERE token_hash = $1", "t", token_hash);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

/* Those that have not been revoked, in the order of their last change. */
GPtrArray *
cfd_invite_store_list (CfdTx *tx, const char *organisation_id, GError **error)
{
  return cfd_tx_records (tx, error, &cf_invite_shape, "WHERE organisation_id = $1 AND deleted = 0 ORDER BY rev", "t", organisation_id);
}
