/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A picture with more is refused before it is decoded. */
#define CFD_PIXELS_MAX 50000000

/**
 * CfdPixels:
 * A decoded picture, row by row without gaps.
 */
typedef struct
{
  guint width, height;
  guint channels; /* 3: RGB, 4: RGBA */
  guint8 *data;
} CfdPixels;

gboolean cfd_pixels_check  (guint64 width, guint64 height, GError **error);
gboolean cfd_pixels_alloc  (CfdPixels *self, guint width, guint height, guint channels, GError **error);
gboolean cfd_pixels_orient (CfdPixels *self, guint orientation, GError **error);
void     cfd_pixels_clear  (CfdPixels *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CfdPixels, cfd_pixels_clear)

G_END_DECLS
