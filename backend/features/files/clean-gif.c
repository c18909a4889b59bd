/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clean-image.h"

#include "pixels.h"
#include "protocol/error.h"

#include <gif_lib.h>
#include <stdlib.h>
#include <string.h>

#define LOOP "NETSCAPE2.0"

typedef struct
{
  const guint8 *bytes;
  gsize left;
} Source;

static int
on_read (GifFileType *gif, GifByteType *to, int length)
{
  Source *source = gif->UserData;
  gsize n = MIN ((gsize) length, source->left);

  memcpy (to, source->bytes, n);
  source->bytes += n;
  source->left -= n;
  return n;
}

static int
on_write (GifFileType *gif, const GifByteType *bytes, int length)
{
  g_byte_array_append (gif->UserData, bytes, length);
  return length;
}

/* Keeps how long and how often frames are shown; comments and what other programs have added go. */
static void
drop_extensions (int *count, ExtensionBlock *blocks)
{
  gboolean keep = FALSE;
  int kept = 0;

  for (int i = 0; i < *count; i++)
    {
      if (blocks[i].Function != CONTINUE_EXT_FUNC_CODE)
        keep = blocks[i].Function == GRAPHICS_EXT_FUNC_CODE
               || (blocks[i].Function == APPLICATION_EXT_FUNC_CODE && blocks[i].ByteCount == (int) strlen (LOOP)
                   && memcmp (blocks[i].Bytes, LOOP, strlen (LOOP)) == 0);
      if (keep)
        blocks[kept++] = blocks[i];
      else
        free (blocks[i].Bytes);
    }
  *count = kept;
}

static void
drop_all_extensions (GifFileType *gif)
{
  for (int i = 0; i < gif->ImageCount; i++)
    drop_extensions (&gif->SavedImages[i].ExtensionBlockCount, gif->SavedImages[i].ExtensionBlocks);
  drop_extensions (&gif->ExtensionBlockCount, gif->ExtensionBlocks);
}

/* Writes what was read; the pictures stay @from's. */
static gboolean
write_anew (GifFileType *from, GByteArray *out, int *problem)
{
  GifFileType *to = EGifOpen (out, on_write, problem);

  if (to == NULL)
    return FALSE;
  to->SWidth = from->SWidth;
  to->SHeight = from->SHeight;
  to->SColorResolution = from->SColorResolution;
  to->SBackGroundColor = from->SBackGroundColor;
  to->AspectByte = from->AspectByte;
  to->SColorMap = from->SColorMap != NULL ? GifMakeMapObject (from->SColorMap->ColorCount, from->SColorMap->Colors) : NULL;
  to->ImageCount = from->ImageCount;
  to->SavedImages = from->SavedImages;
  if (EGifSpew (to) == GIF_OK)
    return TRUE;
  *problem = to->Error;
  EGifCloseFile (to, NULL);
  return FALSE;
}

/* What is wrong with it; nothing more where that was said. */
static void
fail (int problem, GError **error)
{
  if (error == NULL || *error == NULL)
    g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "GIF: %s", GifErrorString (problem) != NULL ? GifErrorString (problem) : "no picture in it");
}

/* Where the first picture has a colour, @pixels get it: they are its size, and transparent elsewhere. */
static void
draw_first (GifFileType *gif, CfdPixels *pixels)
{
  const SavedImage *image = &gif->SavedImages[0];
  const ColorMapObject *colors = image->ImageDesc.ColorMap != NULL ? image->ImageDesc.ColorMap : gif->SColorMap;
  GraphicsControlBlock control = { .TransparentColor = NO_TRANSPARENT_COLOR };

  DGifSavedExtensionToGCB (gif, 0, &control);
  memset (pixels->data, 0, (gsize) pixels->width * pixels->height * 4);
  for (guint y = 0; colors != NULL && y < pixels->height; y++)
    for (guint x = 0; x < pixels->width; x++)
      {
        guint8 index = image->RasterBits[(gsize) y * pixels->width + x], *to = pixels->data + ((gsize) y * pixels->width + x) * 4;

        if (index == control.TransparentColor || index >= colors->ColorCount)
          continue;
        to[0] = colors->Colors[index].Red;
        to[1] = colors->Colors[index].Green;
        to[2] = colors->Colors[index].Blue;
        to[3] = 255;
      }
}

gboolean
cfd_decode_gif (GBytes *image, CfdPixels *pixels, GError **error)
{
  Source source = { 0 };
  gboolean good = FALSE;
  int problem = 0;
  GifFileType *gif;

  source.bytes = g_bytes_get_data (image, &source.left);
  gif = DGifOpen (&source, on_read, &problem);
  if (gif != NULL && cfd_pixels_check (gif->SWidth, gif->SHeight, error))
    {
      good = DGifSlurp (gif) == GIF_OK && gif->ImageCount > 0;
      problem = gif->Error;
      good = good && cfd_pixels_alloc (pixels, gif->SavedImages[0].ImageDesc.Width, gif->SavedImages[0].ImageDesc.Height, 4, error);
      if (good)
        draw_first (gif, pixels);
    }
  if (gif != NULL)
    DGifCloseFile (gif, NULL);
  if (!good)
    fail (problem, error);
  return good;
}

/**
 * cfd_clean_gif:
 * All frames of an animation are kept.
 */
GBytes *
cfd_clean_gif (GBytes *image, guint *width, guint *height, GError **error)
{
  Source source = { 0 };
  g_autoptr (GByteArray) out = g_byte_array_new ();
  gboolean good = FALSE;
  int problem = 0;
  GifFileType *gif;

  source.bytes = g_bytes_get_data (image, &source.left);
  gif = DGifOpen (&source, on_read, &problem);
  if (gif != NULL && cfd_pixels_check (gif->SWidth, gif->SHeight, error))
    {
      *width = gif->SWidth;
      *height = gif->SHeight;
      good = DGifSlurp (gif) == GIF_OK && gif->ImageCount > 0;
      problem = gif->Error;
      if (good)
        {
          drop_all_extensions (gif);
          good = write_anew (gif, out, &problem);
        }
    }
  if (gif != NULL)
    DGifCloseFile (gif, NULL);
  if (good)
    return g_byte_array_free_to_bytes (g_steal_pointer (&out));
  fail (problem, error);
  return NULL;
}
