/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "queued-job.h"

#include "protocol/error.h"

#define WAIT_MAX_MS (6 * 60 * 60 * G_GINT64_CONSTANT (1000))

/**
 * cfd_queued_job_is_final:
 * Returns: whether the same would fail in the same way again, whenever it is tried.
 */
gboolean
cfd_queued_job_is_final (const GError *error)
{
  return error->domain == CF_ERROR && error->code != CF_ERROR_UNAVAILABLE && error->code != CF_ERROR_INTERNAL
         && error->code != CF_ERROR_RATE_LIMITED;
}

/**
 * cfd_queued_job_wait:
 * @tries: how many have failed, 1 or more
 * @first_ms: what lies between the first two
 *
 * Returns: how long to wait for the next try: each time four times as long, at most six hours
 */
gint64
cfd_queued_job_wait (gint64 tries, gint64 first_ms)
{
  gint64 wait = first_ms;

  for (gint64 i = 1; i < tries && wait < WAIT_MAX_MS; i++)
    wait *= 4;
  return MIN (wait, WAIT_MAX_MS);
}

void
cfd_queued_job_free (CfdQueuedJob *self)
{
  g_free (self->id);
  g_free (self->organisation_id);
  g_free (self->lane);
  g_free (self->kind);
  g_free (self->payload);
  g_free (self->subject_id);
  g_free (self->visitor_id);
  g_free (self->target);
  g_free (self);
}
