/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-store.h"

/**
 * cfd_site_store_by_key:
 * @out: (out) (nullable): the site of any organisation with that public key
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_site_store_by_key (CfdTx *tx, const char *key, CfSite **out, GError **error)
{
  GError *problem = NULL;

  *out = cfd_tx_record (tx, &problem, &cf_site_shape, "WHERE key = $1 AND deleted = 0", "t", key);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

GPtrArray *
cfd_site_store_list (CfdTx *tx, const char *organisation_id, GError **error)
{
  return cfd_tx_records (tx, error, &cf_site_shape,
                         "WHERE organisation_id = $1 AND deleted = 0 ORDER BY created_at, id", "t", organisation_id);
}

/* Of all organisations: for questions that come before anyone has said which site they mean. */
GPtrArray *
cfd_site_store_all (CfdTx *tx, GError **error)
{
  return cfd_tx_records (tx, error, &cf_site_shape, "WHERE deleted = 0 ORDER BY created_at, id", "");
}
