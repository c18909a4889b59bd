/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "histogram.h"

#include <math.h>
#include <string.h>

/* Numbers below 2^BITS have a bucket each; above, each power of two is divided into 2^(BITS - 1) buckets. */
#define BITS 8
#define HALF (1u << (BITS - 1))
#define N_BUCKETS ((64 - BITS + 2) * HALF)

struct _Histogram
{
  guint64 counts[N_BUCKETS];
  guint64 total, max;
};

static guint
bucket_of (guint64 value)
{
  guint shift;

  if (value < 2 * HALF)
    return value;
  shift = 64 - BITS - __builtin_clzll (value);
  return shift * HALF + (guint) (value >> shift);
}

/* The highest number that falls into the bucket. */
static guint64
top_of (guint bucket)
{
  guint shift;

  if (bucket < 2 * HALF)
    return bucket;
  shift = bucket / HALF - 1;
  return (((guint64) (bucket % HALF + HALF) + 1) << shift) - 1;
}

Histogram *
histogram_new (void)
{
  return g_new0 (Histogram, 1);
}

void
histogram_add (Histogram *self, guint64 value)
{
  self->counts[bucket_of (value)]++;
  self->total++;
  self->max = MAX (self->max, value);
}

guint64
histogram_count (const Histogram *self)
{
  return self->total;
}

guint64
histogram_max (const Histogram *self)
{
  return self->max;
}

/**
 * histogram_percentile:
 * @percent: 0 to 100
 *
 * Returns: the smallest number that is known not to be exceeded by @percent of the values: at most 1 % too high, never above the highest.
 */
guint64
histogram_percentile (const Histogram *self, double percent)
{
  /* 99.9 % of 1,000 is 999, whatever binary fractions make of it */
  guint64 rank = MAX (ceil (percent * self->total / 100.0 - 1e-6), 1), seen = 0;

  for (guint i = 0; i < N_BUCKETS; i++)
    {
      seen += self->counts[i];
      if (seen >= rank)
        return MIN (top_of (i), self->max);
    }
  return self->max;
}

void
histogram_clear (Histogram *self)
{
  memset (self, 0, sizeof *self);
}

void
histogram_free (Histogram *self)
{
  g_free (self);
}
