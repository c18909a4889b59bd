/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Histogram:
 * Counts of whole numbers (here: nanoseconds) in buckets that grow with the number, so that any percentile is known within 1 %,
 * in constant memory.
 */
typedef struct _Histogram Histogram;

Histogram *histogram_new        (void);
void       histogram_add        (Histogram *self, guint64 value);
guint64    histogram_count      (const Histogram *self);
guint64    histogram_percentile (const Histogram *self, double percent); /* 0 when empty */
guint64    histogram_max        (const Histogram *self);
void       histogram_clear      (Histogram *self);
void       histogram_free       (Histogram *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Histogram, histogram_free)

G_END_DECLS
