/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "process.h"

#include "clock.h"

#include <gio/gio.h>
#include <string.h>
#include <time.h>

/**
 * process_cpu_ns:
 * The same account as utime + stime of /proc/PID/stat, which counts in steps of 10 ms; this clock does not.
 */
gint64
process_cpu_ns (pid_t pid, GError **error)
{
  clockid_t clock;
  struct timespec used;

  if (clock_getcpuclockid (pid, &clock) != 0 || clock_gettime (clock, &used) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "process %d: expected one that runs", (int) pid);
      return -1;
    }
  return used.tv_sec * NS_PER_SECOND + used.tv_nsec;
}

/**
 * process_rss_bytes:
 * Resident memory from /proc/PID/smaps_rollup, which is exact; the counters of /proc/PID/status lag behind by some pages per thread.
 */
gint64
process_rss_bytes (pid_t pid, GError **error)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/smaps_rollup", (int) pid);
  g_autofree char *text = NULL;
  const char *row;

  if (!g_file_get_contents (path, &text, NULL, error))
    return -1;
  row = strstr (text, "\nRss:");
  if (row == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: expected a line \"Rss:\"", path);
      return -1;
    }
  return g_ascii_strtoll (row + strlen ("\nRss:"), NULL, 10) * 1024;
}
