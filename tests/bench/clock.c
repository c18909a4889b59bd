/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clock.h"

#include <time.h>

static guint64
monotonic (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec * NS_PER_SECOND + now.tv_nsec;
}

/**
 * clock_ns:
 * Small enough to travel as a JSON number without loss (2^53 ns are 104 days).
 */
guint64
clock_ns (void)
{
  static guint64 start;

  if (start == 0)
    start = monotonic () - CLOCK_FIRST;
  return monotonic () - start;
}
