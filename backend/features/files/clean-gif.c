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
  if (error == NULL || *error == NULL)
    g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "GIF: %s", GifErrorString (problem) != NULL ? GifErrorString (problem) : "no picture in it");
  return NULL;
}
