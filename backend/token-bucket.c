/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "token-bucket.h"

/**
 * cfd_token_bucket_take:
 * @rate: tokens that come in a second; 0 = no limit
 * @burst: tokens of the full bucket
 * @cost: tokens to take; more than @burst counts as @burst, or it could never succeed
 * @now: monotonic microseconds
 * @retry_after_ms: (out) (optional): how long until there will be enough, 0 when there are
 *
 * Returns: whether there were enough; if not, none is taken
 */
gboolean
cfd_token_bucket_take (CfdTokenBucket *self, guint rate, guint burst, guint cost, gint64 now, gint64 *retry_after_ms)
{
  gint64 each, full_at, wait;

  if (retry_after_ms != NULL)
    *retry_after_ms = 0;
  if (rate == 0)
    return TRUE;
  burst = MAX (burst, 1);
  each = G_USEC_PER_SEC / rate;
  full_at = MAX (self->full_at, now) + MIN (cost, burst) * each;
  wait = full_at - now - burst * each;
  if (wait > 0)
    {
      if (retry_after_ms != NULL)
        *retry_after_ms = (wait + 999) / 1000;
      return FALSE;
    }
  self->full_at = full_at;
  return TRUE;
}

/**
 * cfd_token_bucket_is_full:
 *
 * Returns: whether forgetting the bucket would change nothing
 */
gboolean
cfd_token_bucket_is_full (const CfdTokenBucket *self, gint64 now)
{
  return self->full_at <= now;
}
