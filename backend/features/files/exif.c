/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "exif.h"

#include <string.h>

#define TAG_ORIENTATION 0x0112
#define TYPE_SHORT 3
#define ENTRY 12 /* bytes of one entry of a directory */

typedef struct
{
  const guint8 *data;
  gsize length;
  gboolean big_endian;
} Tiff;

/* 0 beyond the end, which no entry that we look for has. */
static guint16
read_16 (const Tiff *tiff, gsize at)
{
  if (tiff->length < 2 || at > tiff->length - 2)
    return 0;
  return tiff->big_endian ? tiff->data[at] << 8 | tiff->data[at + 1] : tiff->data[at + 1] << 8 | tiff->data[at];
}

static guint32
read_32 (const Tiff *tiff, gsize at)
{
  guint32 first = read_16 (tiff, at), second = read_16 (tiff, at + 2);

  return tiff->big_endian ? first << 16 | second : second << 16 | first;
}

/**
 * cfd_exif_orientation:
 * @data: (nullable): an EXIF block, with or without "Exif" before it
 *
 * Looks into the first directory of the TIFF structure (EXIF 2.3, 4.6), and no further.
 *
 * Returns: 1 to 8; 1, upright, when nothing else is said
 */
guint
cfd_exif_orientation (const guint8 *data, gsize length)
{
  Tiff tiff = { data, length };
  gsize at;
  guint n;

  if (length >= 6 && memcmp (data, "Exif\0\0", 6) == 0)
    {
      tiff.data += 6;
      tiff.length -= 6;
    }
  if (tiff.length < 8 || (memcmp (tiff.data, "II*\0", 4) != 0 && memcmp (tiff.data, "MM\0*", 4) != 0))
    return 1;
  tiff.big_endian = tiff.data[0] == 'M';
  at = read_32 (&tiff, 4);
  n = read_16 (&tiff, at);
  for (at += 2; n > 0 && at < tiff.length; n--, at += ENTRY)
    if (read_16 (&tiff, at) == TAG_ORIENTATION && read_16 (&tiff, at + 2) == TYPE_SHORT)
      {
        guint orientation = read_16 (&tiff, at + 8);

        return orientation >= 1 && orientation <= 8 ? orientation : 1;
      }
  return 1;
}
