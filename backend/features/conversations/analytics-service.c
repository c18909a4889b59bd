/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analytics-service.h"

#include "analytics-store.h"
#include "backend/rpc/reach.h"
#include "protocol/error.h"
#include "protocol/records/site.h"

#define DAY_MS (G_GINT64_CONSTANT (86400) * 1000)

/* Returns: FALSE when the time is none, or longer than one answer is about. */
static gboolean
choose_time (CfAnalyticsResult *result, const CfAnalyticsParams *params, gint64 now, GError **error)
{
  result->until = params->until > 0 ? params->until : now;
  result->since = params->since > 0 ? params->since : MAX (result->until - CF_ANALYTICS_DAYS_DEFAULT * DAY_MS, 1);
  if (result->since < result->until && result->until - result->since <= CF_ANALYTICS_DAYS_MAX * DAY_MS)
    return TRUE;
  g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "since, until: got %" G_GINT64_FORMAT " and %" G_GINT64_FORMAT ", expected a time of at most %d days",
               result->since, result->until, CF_ANALYTICS_DAYS_MAX);
  return FALSE;
}

static CfAnalyticsDay *
day_of (CfAnalyticsResult *result, gint64 at)
{
  CfAnalyticsDay *last = result->days->len > 0 ? result->days->pdata[result->days->len - 1] : NULL;

  if (last != NULL && last->day == at - at % DAY_MS)
    return last;
  last = cf_struct_new (&cf_analytics_day_shape);
  last->day = at - at % DAY_MS;
  g_ptr_array_add (result->days, last);
  return last;
}

static void
sum_up (CfAnalyticsResult *result)
{
  for (guint i = 0; i < result->days->len; i++)
    {
      const CfAnalyticsDay *day = result->days->pdata[i];

      result->started += day->started;
      result->closed += day->closed;
      result->rated += day->rated;
      result->rating_sum += day->rating_sum;
    }
}

/**
 * cfd_analytics_conversations:
 * Returns: (transfer full): how many conversations of a site began in a time, and what became of them by now.
 */
CfAnalyticsResult *
cfd_analytics_conversations (CfdTx *tx, const CfdCaller *caller, const CfAnalyticsParams *params, GError **error)
{
  g_autoptr (CfAnalyticsResult) result = cf_struct_new (&cf_analytics_result_shape);
  g_autoptr (CfdRows) rows = NULL;
  g_autoptr (CfSite) site = NULL;
  g_autoptr (GError) problem = NULL;

  if (params->site_id == NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "site_id: missing, expected the id of a site");
      return NULL;
    }
  site = cfd_reach_require (tx, caller, &cf_site_shape, params->site_id, error);
  if (site == NULL || !choose_time (result, params, cfd_tx_now (tx), error))
    return NULL;
  rows = cfd_analytics_store_begun (tx, params->site_id, result->since, result->until, error);
  if (rows == NULL)
    return NULL;
  result->site_id = g_strdup (params->site_id);
  result->days = cf_structs_new ();
  while (cfd_rows_next (rows, &problem))
    {
      CfAnalyticsDay *day = day_of (result, cfd_rows_integer (rows, 0));
      gint64 rating = cfd_rows_integer (rows, 2);

      day->started++;
      day->closed += cfd_rows_integer (rows, 1);
      day->rated += rating > 0;
      day->rating_sum += rating;
    }
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  sum_up (result);
  return g_steal_pointer (&result);
}
