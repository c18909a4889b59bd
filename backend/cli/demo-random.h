/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfdDemoRandom:
 * Numbers that look random and are the same for the same seed, on every machine. Never for secrets.
 */
typedef struct
{
  guint64 state;
} CfdDemoRandom;

void    cfd_demo_random_init    (CfdDemoRandom *self, guint64 seed, guint64 stream);
guint64 cfd_demo_random_next    (CfdDemoRandom *self);
guint   cfd_demo_random_below   (CfdDemoRandom *self, guint n);
double  cfd_demo_random_unit    (CfdDemoRandom *self);
double  cfd_demo_random_waiting (CfdDemoRandom *self, double mean);
char   *cfd_demo_random_id      (CfdDemoRandom *self, gint64 unix_ms);

#define cfd_demo_random_chance(self, percent) (cfd_demo_random_unit (self) * 100 < (percent))

G_END_DECLS
