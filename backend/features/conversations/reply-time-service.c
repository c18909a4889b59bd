/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reply-time-service.h"

#include "analytics-store.h"
#include "reply-time.h"

#define FRESH_MS (G_GINT64_CONSTANT (10) * 60 * 1000)
#define SPAN_MS  (G_GINT64_CONSTANT (28) * 86400 * 1000)

/* Of a site where more is said, the newest say it. */
#define CONVERSATIONS_MAX 500

typedef struct
{
  gint64 at; /* when it was looked for, ms UTC */
  gint64 minutes;
} Entry;

/* One table for the process: visitors come on several threads, and none of them waits for what another has found out. */
static GMutex mutex;
static GHashTable *entries; /* site's id -> Entry */

/* Returns: whether what is known is new enough; else whoever asks next gets the old figure while this thread looks for a new one. */
static gboolean
is_known (const char *site_id, gint64 now, gint64 *minutes)
{
  gboolean fresh;
  Entry *entry;

  g_mutex_lock (&mutex);
  if (entries == NULL)
    entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  entry = g_hash_table_lookup (entries, site_id);
  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      g_hash_table_insert (entries, g_strdup (site_id), entry);
    }
  fresh = entry->at > 0 && now >= entry->at && now - entry->at < FRESH_MS;
  if (!fresh)
    entry->at = now;
  *minutes = entry->minutes;
  g_mutex_unlock (&mutex);
  return fresh;
}

/* @at: 0 = it was not found out */
static void
remember (const char *site_id, gint64 at, gint64 minutes)
{
  Entry *entry;

  g_mutex_lock (&mutex);
  entry = g_hash_table_lookup (entries, site_id);
  entry->at = at;
  entry->minutes = minutes;
  g_mutex_unlock (&mutex);
}

static gboolean
find_out (CfdTx *tx, const char *site_id, gint64 now, gint64 *minutes, GError **error)
{
  g_autoptr (GArray) answered = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) waiting = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (CfdRows) rows = cfd_analytics_store_answered (tx, site_id, now - SPAN_MS, CONVERSATIONS_MAX, error);
  g_autoptr (GError) problem = NULL;

  if (rows == NULL)
    return FALSE;
  while (cfd_rows_next (rows, &problem))
    {
      gint64 asked = cfd_rows_integer (rows, 0), answer = cfd_rows_integer (rows, 1);
      gint64 time = MAX ((answer > 0 ? answer : now) - asked, 0);

      if (answer > 0)
        g_array_append_val (answered, time);
      else if (cfd_rows_integer (rows, 2) == 0) /* who has left without an answer has not waited for one until now */
        g_array_append_val (waiting, time);
    }
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  *minutes = cfd_reply_time_round (cfd_reply_time_usual (answered, waiting));
  return TRUE;
}

/**
 * cfd_reply_time_of_site:
 * @minutes: (out): as cfd_reply_time_round() has it
 *
 * How soon a visitor of the site usually got their first answer in the last four weeks, in what began within its hours. It is looked for at most
 * every ten minutes, whoever asks. Returns: FALSE only on an error.
 */
gboolean
cfd_reply_time_of_site (CfdTx *tx, const char *site_id, gint64 *minutes, GError **error)
{
  gint64 now = cfd_tx_now (tx);

  if (is_known (site_id, now, minutes))
    return TRUE;
  if (!find_out (tx, site_id, now, minutes, error))
    {
      remember (site_id, 0, 0);
      return FALSE;
    }
  remember (site_id, now, *minutes);
  return TRUE;
}
