/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfdTokenBucket:
 * A bucket that fills at a steady rate, in eight bytes: only the moment at which it will be full again is kept. All zeros is full.
 */
typedef struct
{
  gint64 full_at; /* monotonic microseconds */
} CfdTokenBucket;

gboolean cfd_token_bucket_take    (CfdTokenBucket *self, guint rate, guint burst, guint cost, gint64 now, gint64 *retry_after_ms);
gboolean cfd_token_bucket_is_full (const CfdTokenBucket *self, gint64 now);

G_END_DECLS
