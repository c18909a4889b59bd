/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent-store.h"

/**
 * cfd_agent_store_by_email:
 * @email: as cfd_agent_normalise_email() gives it
 * @out: (out) (nullable): the agent of any organisation with that address
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_agent_store_by_email (CfdTx *tx, const char *email, CfAgent **out, GError **error)
{
  GError *problem = NULL;

  *out = cfd_tx_record (tx, &problem, &cf_agent_shape, "WHERE email = $1 AND deleted = 0", "t", email);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

GPtrArray *
cfd_agent_store_list (CfdTx *tx, const char *organisation_id, GError **error)
{
  return cfd_tx_records (tx, error, &cf_agent_shape,
                         "WHERE organisation_id = $1 AND deleted = 0 ORDER BY name, id", "t", organisation_id);
}

/**
 * cfd_agent_store_admins:
 * Returns: how many admins can sign in; -1 with an error.
 */
gint64
cfd_agent_store_admins (CfdTx *tx, const char *organisation_id, GError **error)
{
  return cfd_rows_only (cfd_tx_query (tx, error,
                                      "SELECT count(*) FROM agent WHERE organisation_id = $1 AND role = 'admin' AND disabled = 0 AND deleted = 0",
                                      "t", organisation_id), error);
}
