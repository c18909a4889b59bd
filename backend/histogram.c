/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "histogram.h"

static const guint32 bounds[CFD_HISTOGRAM_BOUNDS] = {
  100, 250, 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 2500000, 5000000,
};

const double cfd_histogram_seconds[CFD_HISTOGRAM_BOUNDS] = {
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5,
};

/**
 * cfd_histogram_add:
 * Counts something that took so long; what is less than nothing (there was no beginning) took no time.
 */
void
cfd_histogram_add (CfdHistogram *self, gint64 microseconds)
{
  guint i = 0;

  microseconds = MAX (microseconds, 0);
  while (i < CFD_HISTOGRAM_BOUNDS && microseconds > bounds[i])
    i++;
  self->counts[i]++;
  self->microseconds += microseconds;
}
