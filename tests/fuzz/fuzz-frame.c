/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/transport/frame.h"

#include <string.h>

#define LIMIT 1000

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Writes down what the reader finds in @size bytes that come in pieces of @piece bytes. */
static GString *
read_all (const guint8 *data, gsize size, gsize piece)
{
  GString *log = g_string_new (NULL);
  CfdFrameReader reader = { 0 };

  for (gsize at = 0; at < size; at += piece)
    {
      gsize length = MIN (piece, size - at);
      g_autofree guint8 *copy = g_memdup2 (data + at, length);
      guint8 *bytes = copy;
      CfdFrame frame;

      while (cfd_frame_reader_next (&reader, &bytes, &length, LIMIT, &frame) != CFD_FRAME_NONE)
        {
          g_string_append_printf (log, "%d %u %" G_GSIZE_FORMAT " ", frame.kind, frame.code, frame.length);
          if (frame.length > 0)
            g_string_append_len (log, frame.data, frame.length);
          g_assert_cmpuint (frame.length, <=, LIMIT);
          g_assert_true (frame.kind != CFD_FRAME_TEXT || frame.length == 0 || memchr (frame.data, 0, frame.length) != NULL
                         || g_utf8_validate_len (frame.data, frame.length, NULL));
        }
    }
  cfd_frame_reader_clear (&reader);
  return log;
}

/* However the stream is cut, the same must come of it. The first byte says into which pieces. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GString) whole = NULL, single = NULL, pieces = NULL;

  if (size < 2)
    return 0;
  whole = read_all (data + 1, size - 1, size - 1);
  single = read_all (data + 1, size - 1, 1);
  pieces = read_all (data + 1, size - 1, 1 + data[0] % 64);
  g_assert_true (g_string_equal (whole, single));
  g_assert_true (g_string_equal (whole, pieces));
  return 0;
}
