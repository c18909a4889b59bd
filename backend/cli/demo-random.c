/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo-random.h"

#include "protocol/id.h"

#include <math.h>

/**
 * cfd_demo_random_init:
 * @stream: numbers of one seed that have nothing to do with those of its other streams
 */
void
cfd_demo_random_init (CfdDemoRandom *self, guint64 seed, guint64 stream)
{
  self->state = seed * G_GUINT64_CONSTANT (0xd1342543de82ef95) + stream;
  self->state = cfd_demo_random_next (self) ^ (stream << 32);
}

/**
 * cfd_demo_random_next:
 * Returns: 64 bits, by splitmix64 (Steele, Lea, Flood 2014).
 */
guint64
cfd_demo_random_next (CfdDemoRandom *self)
{
  guint64 z = self->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/**
 * cfd_demo_random_below:
 * Returns: from 0 to @n - 1.
 */
guint
cfd_demo_random_below (CfdDemoRandom *self, guint n)
{
  return (cfd_demo_random_next (self) >> 32) * n >> 32;
}

/**
 * cfd_demo_random_unit:
 * Returns: from 0 up to, and without, 1.
 */
double
cfd_demo_random_unit (CfdDemoRandom *self)
{
  return (cfd_demo_random_next (self) >> 11) * 0x1p-53;
}

/**
 * cfd_demo_random_waiting:
 * Returns: how long one waits for what comes on average after @mean: mostly less, sometimes much more.
 */
double
cfd_demo_random_waiting (CfdDemoRandom *self, double mean)
{
  return -mean * log (1 - cfd_demo_random_unit (self));
}

/**
 * cfd_demo_random_id:
 * Returns: (transfer full): a UUIDv7 of that time.
 */
char *
cfd_demo_random_id (CfdDemoRandom *self, gint64 unix_ms)
{
  guint64 high = cfd_demo_random_next (self), low = cfd_demo_random_next (self);

  return g_strdup_printf ("%08x-%04x-7%03x-%04x-%012" G_GINT64_MODIFIER "x", (guint) (unix_ms >> 16), (guint) (unix_ms & 0xffff),
                          (guint) (high & 0xfff), (guint) (0x8000 | ((high >> 12) & 0x3fff)), low & G_GUINT64_CONSTANT (0xffffffffffff));
}
