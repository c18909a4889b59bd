/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Impairment:
 * What one direction of a link does to packets. All zero is a perfect one.
 */
typedef struct
{
  double loss, duplicate, reorder; /* per cent of the packets */
  gint64 delay, jitter;            /* milliseconds; jitter is added, 0 to this, and keeps the order */
  gint64 rate;                     /* bytes per second; 0 = as fast as they come */
  gint64 dead;                     /* 1: nothing passes, and what is on its way is lost */
} Impairment;

gboolean impairment_parse (const char *words, Impairment *impairment, GError **error);

G_END_DECLS
