/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "process-metrics.h"

#include "metrics-text.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static void
write_one (GString *out, const char *name, const char *type, const char *help, double number)
{
  cfd_metrics_family (out, name, type, help);
  cfd_metrics_sample (out, name, number, NULL);
}

static gsize
resident_bytes (void)
{
  g_autofree char *text = NULL;
  unsigned long size = 0, resident = 0;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL) || sscanf (text, "%lu %lu", &size, &resident) != 2)
    return 0;
  return (gsize) resident * sysconf (_SC_PAGESIZE);
}

static guint
count_open_files (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (folder != NULL && g_dir_read_name (folder) != NULL)
    n++;
  return n > 0 ? n - 1 : 0; /* without the one that reads the folder */
}

/* Seconds UTC. The kernel tells it in ticks since boot, field 22 of proc(5)'s stat; the name in front may hold spaces. */
static double
start_time (void)
{
  g_autofree char *stat = NULL;
  struct timespec boot;
  const char *fields;

  if (!g_file_get_contents ("/proc/self/stat", &stat, NULL, NULL) || clock_gettime (CLOCK_BOOTTIME, &boot) != 0)
    return 0;
  fields = strrchr (stat, ')');
  for (guint field = 2; fields != NULL && field < 22; field++)
    fields = strchr (fields + 1, ' ');
  if (fields == NULL)
    return 0;
  return g_get_real_time () / 1e6 - boot.tv_sec - boot.tv_nsec / 1e9
         + (double) g_ascii_strtoull (fields + 1, NULL, 10) / sysconf (_SC_CLK_TCK);
}

/**
 * cfd_process_metrics:
 * Appends what every server tells of itself, under the names that are customary.
 */
void
cfd_process_metrics (GString *out)
{
  struct rusage usage;
  struct rlimit files;
  double seconds = 0;

  if (getrusage (RUSAGE_SELF, &usage) == 0)
    seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
  write_one (out, "process_cpu_seconds_total", "counter", "Processor time of the server.", seconds);
  write_one (out, "process_resident_memory_bytes", "gauge", "Memory of the server.", resident_bytes ());
  write_one (out, "process_open_fds", "gauge", "Open files and connections.", count_open_files ());
  write_one (out, "process_max_fds", "gauge", "How many files may be open.",
             getrlimit (RLIMIT_NOFILE, &files) == 0 && files.rlim_cur != RLIM_INFINITY ? (double) files.rlim_cur : 0);
  write_one (out, "process_start_time_seconds", "gauge", "When the server was started, in seconds since 1970 UTC.", start_time ());
}
