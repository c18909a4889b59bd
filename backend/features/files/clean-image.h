/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pixels.h"

G_BEGIN_DECLS

/* Each decodes a picture and makes it anew: what is in it besides pixels stays behind. (transfer full); NULL with an error that says
 * what is wrong with it. They meet hostile bytes and belong in a process of their own. */
GBytes *cfd_clean_jpeg (GBytes *image, guint *width, guint *height, GError **error);
GBytes *cfd_clean_png  (GBytes *image, guint *width, guint *height, GError **error);
GBytes *cfd_clean_webp (GBytes *image, guint *width, guint *height, GError **error);
GBytes *cfd_clean_gif  (GBytes *image, guint *width, guint *height, GError **error);

/* The pixels alone, upright; of an animation those of its first picture. @pixels: empty */
gboolean cfd_decode_jpeg (GBytes *image, CfdPixels *pixels, GError **error);
gboolean cfd_decode_png  (GBytes *image, CfdPixels *pixels, GError **error);
gboolean cfd_decode_webp (GBytes *image, CfdPixels *pixels, GError **error);
gboolean cfd_decode_gif  (GBytes *image, CfdPixels *pixels, GError **error);

GBytes *cfd_encode_jpeg (const CfdPixels *pixels, guint quality, GError **error); /* RGB */

G_END_DECLS
