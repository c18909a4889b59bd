/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-limit-service.h"

#include "backend/token-bucket.h"
#include "protocol/error.h"

/* Buckets know seconds; a clock that goes sixty times slower makes minutes of them. */
#define SECONDS 60

typedef struct
{
  gint64 per_minute[CFD_N_SITE_USES]; /* 0 = no limit */
  CfdTokenBucket buckets[CFD_N_SITE_USES];
} Entry;

const char *const cfd_site_use_words[] = { "calls", "visitors", "uploads", NULL };

/* One table for the process: calls come through all doors and on several threads. Only sites with a limit are in it. */
static GMutex mutex;
static GHashTable *entries; /* site's id -> Entry */
static guint64 refused[CFD_N_SITE_USES];
static gint limited; /* atomic: how many are in it, so that a call elsewhere pays nothing */

/**
 * cfd_site_limits_set:
 * @limits: (nullable): as they are now
 *
 * What was used up stays so.
 */
void
cfd_site_limits_set (const char *site_id, const CfSiteLimits *limits)
{
  gboolean any = limits != NULL && (limits->calls > 0 || limits->visitors > 0 || limits->uploads > 0);
  Entry *entry;

  if (!any && g_atomic_int_get (&limited) == 0)
    return;
  g_mutex_lock (&mutex);
  if (entries == NULL)
    entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  entry = g_hash_table_lookup (entries, site_id);
  if (any && entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      g_hash_table_insert (entries, g_strdup (site_id), entry);
    }
  if (any)
    {
      entry->per_minute[CFD_SITE_CALLS] = limits->calls;
      entry->per_minute[CFD_SITE_VISITORS] = limits->visitors;
      entry->per_minute[CFD_SITE_UPLOADS] = limits->uploads;
    }
  else
    g_hash_table_remove (entries, site_id);
  g_atomic_int_set (&limited, g_hash_table_size (entries));
  g_mutex_unlock (&mutex);
}

/**
 * cfd_site_limits_spend:
 * @site_id: (nullable): NULL = of no site, and so without its limits
 * @retry_after_ms: (out) (optional): when the same makes sense again
 *
 * Returns: FALSE with CF_ERROR_RATE_LIMITED when the site has had as much as it may have in a minute
 */
gboolean
cfd_site_limits_spend (const char *site_id, CfdSiteUse use, guint cost, gint64 *retry_after_ms, GError **error)
{
  gboolean enough = TRUE;
  gint64 wait = 0, per_minute = 0;
  Entry *entry;

  if (site_id == NULL || g_atomic_int_get (&limited) == 0)
    return TRUE;
  g_mutex_lock (&mutex);
  entry = g_hash_table_lookup (entries, site_id);
  if (entry != NULL)
    {
      per_minute = entry->per_minute[use];
      enough = cfd_token_bucket_take (&entry->buckets[use], per_minute, per_minute, cost, g_get_monotonic_time () / SECONDS, &wait);
    }
  if (!enough)
    refused[use]++;
  g_mutex_unlock (&mutex);
  if (enough)
    return TRUE;
  if (retry_after_ms != NULL)
    *retry_after_ms = wait * SECONDS;
  g_set_error (error, CF_ERROR, CF_ERROR_RATE_LIMITED, "the site has had its %" G_GINT64_FORMAT " %s of this minute; the next after %" G_GINT64_FORMAT " ms",
               per_minute, cfd_site_use_words[use], wait * SECONDS);
  return FALSE;
}

/**
 * cfd_site_limits_refused:
 * @counts: (array fixed-size=CFD_N_SITE_USES): how often each was refused since the start, for /metrics
 */
void
cfd_site_limits_refused (guint64 *counts)
{
  g_mutex_lock (&mutex);
  for (guint i = 0; i < CFD_N_SITE_USES; i++)
    counts[i] = refused[i];
  g_mutex_unlock (&mutex);
}
