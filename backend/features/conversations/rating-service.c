/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rating-service.h"

#include "backend/features/accounts/account-service.h"
#include "backend/rpc/reach.h"
#include "protocol/error.h"
#include "rating-store.h"

#define DAY_MS ((gint64) 24 * 3600 * 1000)

/* Oneself always; others only by those who lead. */
static gboolean
may_ask (const CfdCaller *caller, const char *agent_id, GError **error)
{
  if (g_str_equal (agent_id, caller->id) || (caller->kind & (CFD_ALLOW_SUPERVISOR | CFD_ALLOW_ADMIN)) != 0)
    return TRUE;
  g_set_error_literal (error, CF_ERROR, CF_ERROR_FORBIDDEN, "only supervisors and admins may see how another agent was rated");
  return FALSE;
}

/**
 * cfd_ratings_summary:
 * Returns: (transfer full): what visitors thought of an agent lately, on the sites that the caller sees; NULL with an error.
 */
CfRatingSummaryResult *
cfd_ratings_summary (CfdTx *tx, const CfdCaller *caller, const CfRatingSummaryParams *params, GError **error)
{
  const char *agent_id = params->agent_id != NULL ? params->agent_id : caller->id;
  gint64 since = cfd_tx_now (tx) - CF_RATING_DAYS * DAY_MS;
  g_autofree char *sites = cfd_reach_list (caller);
  g_autoptr (CfRatingSummaryResult) result = NULL;
  g_autoptr (CfAgent) agent = NULL;

  if (!may_ask (caller, agent_id, error))
    return NULL;
  agent = cfd_accounts_get_agent (tx, caller->organisation_id, agent_id, error);
  if (agent == NULL)
    return NULL;
  result = cf_struct_new (&cf_rating_summary_result_shape);
  if (!cfd_rating_store_count (tx, agent_id, sites, since, result, error))
    return NULL;
  result->records = cfd_rating_store_comments (tx, agent_id, sites, since, CF_RATING_COMMENTS, error);
  return result->records != NULL ? g_steal_pointer (&result) : NULL;
}
