/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clean-image.h"

#include "pixels.h"
#include "protocol/error.h"

#include <png.h>
#include <stdio.h>
#include <stdlib.h>

static gboolean
decode (png_image *png, GBytes *image, CfdPixels *pixels, GError **error)
{
  gsize length;
  const void *bytes = g_bytes_get_data (image, &length);

  if (png_image_begin_read_from_memory (png, bytes, length))
    {
      gboolean alpha = (png->format & PNG_FORMAT_FLAG_ALPHA) != 0;

      png->format = alpha ? PNG_FORMAT_RGBA : PNG_FORMAT_RGB;
      if (!cfd_pixels_alloc (pixels, png->width, png->height, alpha ? 4 : 3, error))
        {
          png_image_free (png);
          return FALSE;
        }
      if (png_image_finish_read (png, NULL, pixels->data, 0, NULL))
        return TRUE;
    }
  g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "PNG: %s", png->message);
  png_image_free (png);
  return FALSE;
}

gboolean
cfd_decode_png (GBytes *image, CfdPixels *pixels, GError **error)
{
  png_image png = { .version = PNG_IMAGE_VERSION };

  return decode (&png, image, pixels, error);
}

/**
 * cfd_clean_png:
 * Of an animated one the first picture is kept.
 */
GBytes *
cfd_clean_png (GBytes *image, guint *width, guint *height, GError **error)
{
  png_image png;
  g_auto (CfdPixels) pixels = { 0 };
  char *bytes = NULL;
  size_t length = 0;
  FILE *out;
  gboolean good;
  GBytes *clean;

  if (!cfd_decode_png (image, &pixels, error))
    return NULL;
  png = (png_image) { .version = PNG_IMAGE_VERSION, .width = pixels.width, .height = pixels.height,
                      .format = pixels.channels == 4 ? PNG_FORMAT_RGBA : PNG_FORMAT_RGB };
  out = open_memstream (&bytes, &length);
  good = out != NULL && png_image_write_to_stdio (&png, out, 0, pixels.data, 0, NULL);
  good = out != NULL && fclose (out) == 0 && good;
  clean = good ? g_bytes_new (bytes, length) : NULL;
  free (bytes);
  if (clean == NULL)
    g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "PNG: %s", png.message);
  *width = pixels.width;
  *height = pixels.height;
  return clean;
}
