/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "job-service.h"

#include "job-store.h"
#include "protocol/error.h"

/**
 * cfd_jobs_add:
 * To be called in the transaction of its cause: it is done if that is committed, and only then.
 */
gboolean
cfd_jobs_add (CfdTx *tx, const CfdQueuedJob *job, GError **error)
{
  return cfd_job_store_add (tx, job, error);
}

/**
 * cfd_jobs_has:
 * @has: (out): whether that one was asked for lately, so that a repeat is known
 *
 * Returns: FALSE with an error, which is CF_ERROR_CONFLICT when the id is of a job about something else.
 */
gboolean
cfd_jobs_has (CfdTx *tx, const char *id, const char *subject_id, gboolean *has, GError **error)
{
  gboolean taken;

  if (!cfd_job_store_has (tx, id, NULL, &taken, error) || !cfd_job_store_has (tx, id, subject_id, has, error))
    return FALSE;
  if (taken && !*has)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "id: was used before, for something else");
  return *has || !taken;
}

/**
 * cfd_jobs_drop:
 * What is not done yet because of a record is not to be done any more. What is under way at this moment may still happen.
 */
gboolean
cfd_jobs_drop (CfdTx *tx, const char *subject_id, GError **error)
{
  return cfd_job_store_drop (tx, subject_id, error);
}

/**
 * cfd_jobs_limit:
 * @job: not added yet
 * @per_visitor: how many one visitor may cause within that time
 * @per_target: how many may reach one target
 *
 * Returns: FALSE with CF_ERROR_RATE_LIMITED when it would be one too many
 */
gboolean
cfd_jobs_limit (CfdTx *tx, const CfdQueuedJob *job, gint64 per_visitor, gint64 per_target, gint64 within_ms, GError **error)
{
  gint64 since = cfd_tx_now (tx) - within_ms;
  gint64 caused = job->visitor_id != NULL ? cfd_job_store_count_visitor (tx, job->visitor_id, since, error) : 0;
  gint64 reached = caused >= 0 && job->target != NULL ? cfd_job_store_count_target (tx, job->target, since, error) : 0;

  if (caused < 0 || reached < 0)
    return FALSE;
  if (caused < per_visitor && reached < per_target)
    return TRUE;
  g_set_error (error, CF_ERROR, CF_ERROR_RATE_LIMITED, "got %" G_GINT64_FORMAT " already, expected at most %" G_GINT64_FORMAT " in %" G_GINT64_FORMAT " minutes; try again later",
               caused >= per_visitor ? caused : reached, caused >= per_visitor ? per_visitor : per_target, within_ms / 60000);
  return FALSE;
}
