/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory.h"

#include <malloc.h>

#define FIRST_SECONDS 10
/* Giving memory back may take this part of the main loop's time, so a large heap is looked at rarely. */
#define SHARE 2000

static gboolean
give_back (gpointer data)
{
  gint64 *next = data, start = g_get_monotonic_time ();

  if (start < *next)
    return G_SOURCE_CONTINUE;
#ifdef __GLIBC__
  malloc_trim (0);
#endif
  *next = start + MAX (FIRST_SECONDS * G_USEC_PER_SEC, (g_get_monotonic_time () - start) * SHARE);
  return G_SOURCE_CONTINUE;
}

/**
 * cfd_memory_watch:
 * Gives memory that is free back to the system now and then. The C library does so by itself only at the end of a heap, so what a
 * crowd or an attack once needed would stay.
 *
 * Returns: a source of the main loop, to be removed at the end
 */
guint
cfd_memory_watch (void)
{
  return g_timeout_add_seconds_full (G_PRIORITY_LOW, FIRST_SECONDS, give_back, g_new0 (gint64, 1), g_free);
}
