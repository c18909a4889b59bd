/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory.h"

#ifdef WITH_JEMALLOC
#include <jemalloc/jemalloc.h>
#elif defined __GLIBC__
#include <malloc.h>
#endif

#define FIRST_SECONDS 10
/* Giving memory back may take this part of the main loop's time, so a large heap is looked at rarely. */
#define SHARE 2000

#ifdef WITH_JEMALLOC
#define TEXT_OF(number) #number
#define ALL_ARENAS(what) ALL_ARENAS_ (MALLCTL_ARENAS_ALL, what)
#define ALL_ARENAS_(number, what) "arena." TEXT_OF (number) "." what

/* jemalloc reads this before main(). Two arenas, for no more than two threads are busy at a time, and what is free for a second may go: both keep a small server
 * small. */
const char *malloc_conf = "narenas:2,dirty_decay_ms:1000";
#endif

static void
return_what_is_free (void)
{
#ifdef WITH_JEMALLOC
  /* an arena whose threads sleep does not notice by itself that time has passed */
  mallctl (ALL_ARENAS ("decay"), NULL, NULL, NULL, 0);
#elif defined __GLIBC__
  /* the C library does so by itself only at the end of a heap */
  malloc_trim (0);
#endif
}

static gboolean
give_back (gpointer data)
{
  gint64 *next = data, start = g_get_monotonic_time ();

  if (start < *next)
    return G_SOURCE_CONTINUE;
  return_what_is_free ();
  *next = start + MAX (FIRST_SECONDS * G_USEC_PER_SEC, (g_get_monotonic_time () - start) * SHARE);
  return G_SOURCE_CONTINUE;
}

/**
 * cfd_memory_watch:
 * Gives memory that is free back to the system now and then, so that what a crowd or an attack once needed does not stay.
 *
 * Returns: a source of the main loop, to be removed at the end
 */
guint
cfd_memory_watch (void)
{
  return g_timeout_add_seconds_full (G_PRIORITY_LOW, FIRST_SECONDS, give_back, g_new0 (gint64, 1), g_free);
}
