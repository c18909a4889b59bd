/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "heartbeat.h"

#define BEAT_MS 4

/* Shorter ones make no frame late. */
#define STALL_US 16000

static gboolean
beat (gpointer data)
{
  gint64 *last = data, now = g_get_monotonic_time ();

  if (now - *last > STALL_US + BEAT_MS * 1000)
    g_debug ("main loop held up for %" G_GINT64_FORMAT " us at %" G_GINT64_FORMAT, now - *last - BEAT_MS * 1000, now);
  *last = now;
  return G_SOURCE_CONTINUE;
}

/**
 * cfa_heartbeat_start:
 * To be called once, by the program.
 */
void
cfa_heartbeat_start (void)
{
  gint64 *last;

  if (g_log_writer_default_would_drop (G_LOG_LEVEL_DEBUG, G_LOG_DOMAIN))
    return;
  last = g_new (gint64, 1);
  *last = g_get_monotonic_time ();
  g_timeout_add_full (G_PRIORITY_HIGH, BEAT_MS, beat, last, g_free);
}
