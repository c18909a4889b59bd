/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clean-image.h"

#include "exif.h"
#include "pixels.h"
#include "protocol/error.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <jpeglib.h>

#define QUALITY 90
#define EXIF_MARKER (JPEG_APP0 + 1)

/* libjpeg says that it cannot go on by leaving through here. */
typedef struct
{
  struct jpeg_error_mgr manager;
  jmp_buf leave;
  char message[JMSG_LENGTH_MAX];
} Trouble;

static void
on_trouble (j_common_ptr jpeg)
{
  Trouble *trouble = (Trouble *) jpeg->err;

  trouble->manager.format_message (jpeg, trouble->message);
  longjmp (trouble->leave, 1);
}

static void
on_remark (j_common_ptr jpeg, int level)
{
}

static struct jpeg_error_mgr *
start_trouble (Trouble *trouble)
{
  jpeg_std_error (&trouble->manager);
  trouble->manager.error_exit = on_trouble;
  trouble->manager.emit_message = on_remark;
  return &trouble->manager;
}

static void
fail (const Trouble *trouble, GError **error)
{
  if (error != NULL && *error == NULL)
    g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "JPEG: %s", trouble->message);
}

static guint
orientation_of (const struct jpeg_decompress_struct *jpeg)
{
  for (jpeg_saved_marker_ptr marker = jpeg->marker_list; marker != NULL; marker = marker->next)
    if (marker->marker == EXIF_MARKER && marker->data_length > 6)
      return cfd_exif_orientation (marker->data, marker->data_length);
  return 1;
}

/* Printers' colours, as Adobe writes them: upside down. */
static void
take_cmyk_row (guint8 *rgb, const guint8 *cmyk, guint width)
{
  for (guint x = 0; x < width; x++, rgb += 3, cmyk += 4)
    for (guint i = 0; i < 3; i++)
      rgb[i] = cmyk[i] * cmyk[3] / 255;
}

static void
read_rows (struct jpeg_decompress_struct *jpeg, CfdPixels *pixels, guint8 *row)
{
  while (jpeg->output_scanline < jpeg->output_height)
    {
      guint8 *to = pixels->data + (gsize) jpeg->output_scanline * pixels->width * 3;
      JSAMPROW rows[] = { row != NULL ? row : to };

      jpeg_read_scanlines (jpeg, rows, 1);
      if (row != NULL)
        take_cmyk_row (to, row, pixels->width);
    }
}

/* @pixels and @row belong to the caller, so that leaving in the middle loses nothing. */
static gboolean
decode (GBytes *image, CfdPixels *pixels, guint8 **row, guint *orientation, GError **error)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (image, &length);
  struct jpeg_decompress_struct jpeg = { 0 };
  Trouble trouble = { 0 };
  gboolean good;

  jpeg.err = start_trouble (&trouble);
  if (setjmp (trouble.leave) != 0)
    {
      jpeg_destroy_decompress (&jpeg);
      fail (&trouble, error);
      return FALSE;
    }
  jpeg_create_decompress (&jpeg);
  jpeg_mem_src (&jpeg, bytes, length);
  jpeg_save_markers (&jpeg, EXIF_MARKER, 0xffff);
  jpeg_read_header (&jpeg, TRUE);
  *orientation = orientation_of (&jpeg);
  jpeg.out_color_space = jpeg.num_components == 4 ? JCS_CMYK : JCS_RGB;
  good = cfd_pixels_alloc (pixels, jpeg.image_width, jpeg.image_height, 3, error);
  if (good)
    {
      if (jpeg.num_components == 4)
        *row = g_malloc ((gsize) jpeg.image_width * 4);
      jpeg_start_decompress (&jpeg);
      read_rows (&jpeg, pixels, *row);
      jpeg_finish_decompress (&jpeg);
    }
  jpeg_destroy_decompress (&jpeg);
  return good;
}

static gboolean
encode (const CfdPixels *pixels, guint quality, guint8 **bytes, unsigned long *length, GError **error)
{
  struct jpeg_compress_struct jpeg = { 0 };
  Trouble trouble = { 0 };

  jpeg.err = start_trouble (&trouble);
  if (setjmp (trouble.leave) != 0)
    {
      jpeg_destroy_compress (&jpeg);
      fail (&trouble, error);
      return FALSE;
    }
  jpeg_create_compress (&jpeg);
  jpeg_mem_dest (&jpeg, bytes, length);
  jpeg.image_width = pixels->width;
  jpeg.image_height = pixels->height;
  jpeg.input_components = 3;
  jpeg.in_color_space = JCS_RGB;
  jpeg_set_defaults (&jpeg);
  jpeg_set_quality (&jpeg, quality, TRUE);
  jpeg_start_compress (&jpeg, TRUE);
  while (jpeg.next_scanline < jpeg.image_height)
    {
      JSAMPROW rows[] = { pixels->data + (gsize) jpeg.next_scanline * pixels->width * 3 };

      jpeg_write_scanlines (&jpeg, rows, 1);
    }
  jpeg_finish_compress (&jpeg);
  jpeg_destroy_compress (&jpeg);
  return TRUE;
}

/**
 * cfd_decode_jpeg:
 * The picture is turned as its EXIF says.
 */
gboolean
cfd_decode_jpeg (GBytes *image, CfdPixels *pixels, GError **error)
{
  guint8 *row = NULL;
  guint orientation = 1;
  gboolean good = decode (image, pixels, &row, &orientation, error) && cfd_pixels_orient (pixels, orientation, error);

  g_free (row);
  return good;
}

/**
 * cfd_encode_jpeg:
 * @quality: 1 to 100
 */
GBytes *
cfd_encode_jpeg (const CfdPixels *pixels, guint quality, GError **error)
{
  guint8 *bytes = NULL;
  unsigned long length = 0;
  GBytes *image = encode (pixels, quality, &bytes, &length, error) ? g_bytes_new (bytes, length) : NULL;

  free (bytes);
  return image;
}

/**
 * cfd_clean_jpeg:
 * The picture is turned as its EXIF says, before that goes.
 */
GBytes *
cfd_clean_jpeg (GBytes *image, guint *width, guint *height, GError **error)
{
  g_auto (CfdPixels) pixels = { 0 };

  if (!cfd_decode_jpeg (image, &pixels, error))
    return NULL;
  *width = pixels.width;
  *height = pixels.height;
  return cfd_encode_jpeg (&pixels, QUALITY, error);
}
