/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo.h"

#define WHITE 255

/* The mean of the pixels from (@x0, @y0) to before (@x1, @y1), as they look on white. */
static void
take_mean (const CfdPixels *picture, guint x0, guint y0, guint x1, guint y1, guint8 *rgb)
{
  guint64 sums[3] = { 0 }, n = (guint64) (x1 - x0) * (y1 - y0);

  for (guint y = y0; y < y1; y++)
    for (guint x = x0; x < x1; x++)
      {
        const guint8 *pixel = picture->data + ((gsize) y * picture->width + x) * picture->channels;
        guint alpha = picture->channels == 4 ? pixel[3] : 255;

        for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
          sums[i] += pixel[i] * alpha + WHITE * (255 - alpha);
      }
  for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
    rgb[i] = (sums[i] / 255 + n / 2) / n;
}

/**
 * cfd_photo_square:
 * @picture: upright, RGB or RGBA
 * @photo: empty; RGB
 *
 * Takes the largest square out of the middle, on white where one could look through it, and makes it CFD_PHOTO_SIDE wide where it is wider.
 */
gboolean
cfd_photo_square (const CfdPixels *picture, CfdPixels *photo, GError **error)
{
  guint side = MIN (picture->width, picture->height), small = MIN (side, CFD_PHOTO_SIDE);
  guint left = (picture->width - side) / 2, top = (picture->height - side) / 2;

  if (!cfd_pixels_alloc (photo, small, small, 3, error))
    return FALSE;
  for (guint y = 0; y < small; y++)
    for (guint x = 0; x < small; x++)
      take_mean (picture, left + x * side / small, top + y * side / small, left + (x + 1) * side / small, top + (y + 1) * side / small,
                 photo->data + ((gsize) y * small + x) * 3);
  return TRUE;
}
