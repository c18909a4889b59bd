/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CFD_HISTOGRAM_BOUNDS 15

/**
 * CfdHistogram:
 * How long things took, for /metrics: counts between bounds, and the sum. Belongs to one thread, or to whoever holds its lock.
 */
typedef struct
{
  guint64 counts[CFD_HISTOGRAM_BOUNDS + 1]; /* each by itself, the last for all above */
  guint64 microseconds;
} CfdHistogram;

extern const double cfd_histogram_seconds[CFD_HISTOGRAM_BOUNDS];

void cfd_histogram_add (CfdHistogram *self, gint64 microseconds);

G_END_DECLS
