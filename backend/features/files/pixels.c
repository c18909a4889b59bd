/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pixels.h"

#include "protocol/error.h"

#include <string.h>

/**
 * cfd_pixels_check:
 * Returns: whether a picture of that size is one that we decode
 */
gboolean
cfd_pixels_check (guint64 width, guint64 height, GError **error)
{
  if (width > 0 && height > 0 && width <= G_MAXUINT16 && height <= G_MAXUINT16 && width * height <= CFD_PIXELS_MAX)
    return TRUE;
  g_set_error (error, CF_ERROR, CF_ERROR_TOO_LARGE, "got a picture of %" G_GUINT64_FORMAT " x %" G_GUINT64_FORMAT ", expected at most %d pixels",
               width, height, CFD_PIXELS_MAX);
  return FALSE;
}

/**
 * cfd_pixels_alloc:
 * @self: empty
 *
 * Returns: FALSE when the size is not one of ours, or memory is short
 */
gboolean
cfd_pixels_alloc (CfdPixels *self, guint width, guint height, guint channels, GError **error)
{
  if (!cfd_pixels_check (width, height, error))
    return FALSE;
  self->data = g_try_malloc ((gsize) width * height * channels);
  if (self->data == NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_TOO_LARGE, "the picture does not fit into memory");
      return FALSE;
    }
  self->width = width;
  self->height = height;
  self->channels = channels;
  return TRUE;
}

/**
 * cfd_pixels_orient:
 * @orientation: as EXIF numbers them: 1 is upright, 6 is to be turned to the right
 *
 * Turns and mirrors the picture so that it is upright.
 */
gboolean
cfd_pixels_orient (CfdPixels *self, guint orientation, GError **error)
{
  gboolean swap = orientation >= 5, flip_x = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8,
           flip_y = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  g_auto (CfdPixels) upright = { 0 };

  if (orientation < 2 || orientation > 8)
    return TRUE;
  if (!cfd_pixels_alloc (&upright, swap ? self->height : self->width, swap ? self->width : self->height, self->channels, error))
    return FALSE;
  for (guint y = 0; y < upright.height; y++)
    for (guint x = 0; x < upright.width; x++)
      {
        guint from_x = swap ? y : x, from_y = swap ? x : y;

        from_x = flip_x ? self->width - 1 - from_x : from_x;
        from_y = flip_y ? self->height - 1 - from_y : from_y;
        memcpy (upright.data + ((gsize) y * upright.width + x) * self->channels,
                self->data + ((gsize) from_y * self->width + from_x) * self->channels, self->channels);
      }
  cfd_pixels_clear (self);
  *self = upright;
  upright = (CfdPixels) { 0 };
  return TRUE;
}

void
cfd_pixels_clear (CfdPixels *self)
{
  g_clear_pointer (&self->data, g_free);
}
