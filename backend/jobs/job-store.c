/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "job-store.h"

/* To be done now: nobody has carried it out. */
gboolean
cfd_job_store_add (CfdTx *tx, const CfdQueuedJob *job, GError **error)
{
  return cfd_tx_execute (tx, error, "INSERT INTO job (id, organisation_id, lane, kind, payload, subject_id, visitor_id, target, created_at, due_at)"
                                    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                         "ttttttttii", job->id, job->organisation_id, job->lane, job->kind, job->payload, job->subject_id, job->visitor_id, job->target,
                         cfd_tx_now (tx), job->due_at);
}

/* @subject_id: (nullable): what it has to be about */
gboolean
cfd_job_store_has (CfdTx *tx, const char *id, const char *subject_id, gboolean *has, GError **error)
{
  gint64 n = cfd_rows_only (cfd_tx_query (tx, error, "SELECT count(*) FROM job WHERE id = $1 AND ($2 IS NULL OR subject_id = $2)", "tt", id, subject_id), error);

  *has = n > 0;
  return n >= 0;
}

/* What still waits because of a record is not wanted any more. */
gboolean
cfd_job_store_drop (CfdTx *tx, const char *subject_id, GError **error)
{
  return cfd_tx_execute (tx, error, "DELETE FROM job WHERE subject_id = $1 AND finished_at = 0", "t", subject_id);
}

/**
 * cfd_job_store_count_visitor:
 * Returns: how many a visitor has caused since then, done or not; -1 with an error
 */
gint64
cfd_job_store_count_visitor (CfdTx *tx, const char *visitor_id, gint64 since, GError **error)
{
  return cfd_rows_only (cfd_tx_query (tx, error, "SELECT count(*) FROM job WHERE visitor_id = $1 AND created_at > $2", "ti", visitor_id, since), error);
}

/**
 * cfd_job_store_count_target:
 * Returns: how many reach somebody, since then, done or not; -1 with an error
 */
gint64
cfd_job_store_count_target (CfdTx *tx, const char *target, gint64 since, GError **error)
{
  return cfd_rows_only (cfd_tx_query (tx, error, "SELECT count(*) FROM job WHERE target = $1 AND created_at > $2", "ti", target, since), error);
}

/**
 * cfd_job_store_due:
 * Returns: (transfer full): of CfdQueuedJob, the longest overdue first
 */
GPtrArray *
cfd_job_store_due (CfdTx *tx, const char *lane, gint64 now, gint64 limit, GError **error)
{
  g_autoptr (CfdRows) rows = cfd_tx_query (tx, error, "SELECT id, organisation_id, kind, payload, subject_id, visitor_id, target, due_at, tries FROM job"
                                                      " WHERE lane = $1 AND finished_at = 0 AND due_at <= $2 ORDER BY due_at LIMIT $3",
                                           "tii", lane, now, limit);
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) cfd_queued_job_free);
  g_autoptr (GError) problem = NULL;

  if (rows == NULL)
    return NULL;
  while (cfd_rows_next (rows, &problem))
    {
      CfdQueuedJob *job = g_new0 (CfdQueuedJob, 1);

      job->id = g_strdup (cfd_rows_text (rows, 0));
      job->organisation_id = g_strdup (cfd_rows_text (rows, 1));
      job->lane = g_strdup (lane);
      job->kind = g_strdup (cfd_rows_text (rows, 2));
      job->payload = g_strdup (cfd_rows_text (rows, 3));
      job->subject_id = g_strdup (cfd_rows_text (rows, 4));
      job->visitor_id = g_strdup (cfd_rows_text (rows, 5));
      job->target = g_strdup (cfd_rows_text (rows, 6));
      job->due_at = cfd_rows_integer (rows, 7);
      job->tries = cfd_rows_integer (rows, 8);
      g_ptr_array_add (jobs, job);
    }
  if (problem == NULL)
    return g_steal_pointer (&jobs);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/**
 * cfd_job_store_waiting:
 * Returns: how many are not finished, due or not; -1 with an error
 */
gint64
cfd_job_store_waiting (CfdTx *tx, const char *lane, GError **error)
{
  return cfd_rows_only (cfd_tx_query (tx, error, "SELECT count(*) FROM job WHERE lane = $1 AND finished_at = 0", "t", lane), error);
}

/* A try has failed. */
gboolean
cfd_job_store_put_off (CfdTx *tx, const char *id, gint64 due_at, const char *why, GError **error)
{
  return cfd_tx_execute (tx, error, "UPDATE job SET due_at = $2, tries = tries + 1, error = $3 WHERE id = $1", "tit", id, due_at, why);
}

/* @why: (nullable): why it was given up */
gboolean
cfd_job_store_finish (CfdTx *tx, const char *id, const char *why, GError **error)
{
  return cfd_tx_execute (tx, error, "UPDATE job SET finished_at = $2, payload = NULL, error = $3 WHERE id = $1", "tit", id, cfd_tx_now (tx), why);
}

/* Rows of what was finished before that time go. */
gboolean
cfd_job_store_trim (CfdTx *tx, gint64 before, GError **error)
{
  return cfd_tx_execute (tx, error, "DELETE FROM job WHERE finished_at > 0 AND finished_at < $1", "i", before);
}
