/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "histogram.h"

/* Whether @got is what @percent of the values don't exceed: at most 1 % above @expected, never below. */
static void
assert_percentile (const Histogram *histogram, double percent, guint64 expected)
{
  guint64 got = histogram_percentile (histogram, percent);

  g_assert_cmpuint (got, >=, expected);
  g_assert_cmpuint (got, <=, expected + expected / 100);
}

static void
test_empty (void)
{
  g_autoptr (Histogram) histogram = histogram_new ();

  g_assert_cmpuint (histogram_count (histogram), ==, 0);
  g_assert_cmpuint (histogram_max (histogram), ==, 0);
  g_assert_cmpuint (histogram_percentile (histogram, 50), ==, 0);
}

static void
test_one (void)
{
  static const guint64 values[] = { 0, 1, 127, 128, 255, 256, 257, 1000000, G_MAXUINT64 / 2, G_MAXUINT64 };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (Histogram) histogram = histogram_new ();

      histogram_add (histogram, values[i]);
      g_assert_cmpuint (histogram_percentile (histogram, 0), ==, values[i]);
      g_assert_cmpuint (histogram_percentile (histogram, 100), ==, values[i]);
      g_assert_cmpuint (histogram_max (histogram), ==, values[i]);
    }
}

static void
test_ranks (void)
{
  g_autoptr (Histogram) histogram = histogram_new ();

  for (guint64 i = 1; i <= 100000; i++)
    histogram_add (histogram, i * 1000);
  g_assert_cmpuint (histogram_count (histogram), ==, 100000);
  assert_percentile (histogram, 1, 1000 * 1000);
  assert_percentile (histogram, 50, 50000 * 1000);
  assert_percentile (histogram, 99, 99000 * 1000);
  assert_percentile (histogram, 99.9, 99900 * 1000);
  g_assert_cmpuint (histogram_percentile (histogram, 100), ==, 100000 * 1000);
}

/* One slow message in a thousand is seen at 99.95, not at 99.9. */
static void
test_tail (void)
{
  g_autoptr (Histogram) histogram = histogram_new ();

  for (guint i = 0; i < 999; i++)
    histogram_add (histogram, 100);
  histogram_add (histogram, 5000000);
  g_assert_cmpuint (histogram_percentile (histogram, 99.9), ==, 100);
  assert_percentile (histogram, 99.95, 5000000);
  histogram_clear (histogram);
  g_assert_cmpuint (histogram_count (histogram), ==, 0);
  g_assert_cmpuint (histogram_percentile (histogram, 100), ==, 0);
}

/* Every number falls into a bucket whose top is at most 1 % above it, also at the edges of the powers of two. */
static void
test_precision (void)
{
  for (guint bit = 0; bit < 63; bit++)
    for (gint64 step = -1; step <= 1; step++)
      {
        g_autoptr (Histogram) histogram = histogram_new ();
        guint64 value = (G_GUINT64_CONSTANT (1) << bit) + step;

        histogram_add (histogram, value);
        histogram_add (histogram, G_MAXUINT64);
        assert_percentile (histogram, 50, value);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bench/histogram/empty", test_empty);
  g_test_add_func ("/bench/histogram/one", test_one);
  g_test_add_func ("/bench/histogram/ranks", test_ranks);
  g_test_add_func ("/bench/histogram/tail", test_tail);
  g_test_add_func ("/bench/histogram/precision", test_precision);
  return g_test_run ();
}
