/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "login-session-store.h"

/**
 * cfd_login_session_store_by_hash:
 * @out: (out) (nullable): also a session that was signed out (deleted), so that its token can be refused with
 *   the right reason
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_login_session_store_by_hash (CfdTx *tx, const char *token_hash, CfLoginSession **out, GError **error)
{
  GError *problem = NULL;

  *out = cfd_tx_record (tx, &problem, &cf_login_session_shape, "WHERE token_hash = $1", "t", token_hash);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

/**
 * cfd_login_session_store_list:
 * Returns: (transfer full): where @agent_id is signed in, newest first.
 */
GPtrArray *
cfd_login_session_store_list (CfdTx *tx, const char *agent_id, gint64 now, GError **error)
{
  return cfd_tx_records (tx, error, &cf_login_session_shape,
                         "WHERE agent_id = $1 AND deleted = 0 AND expires_at > $2 ORDER BY created_at DESC, id DESC",
                         "ti", agent_id, now);
}
