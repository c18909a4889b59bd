/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client-frame.h"

#include <string.h>

#define MASKED 0x80
#define FINAL 0x80

/* A mask protects proxies from scripts; between two of our own programs any will do, but not zero, or nobody would have to unmask. */
static const guint8 mask[4] = { 0x3a, 0x91, 0xc7, 0x5d };

/**
 * client_frame_read:
 * Reads the frame at the beginning of @bytes. Servers don't fragment what these tests make them send.
 */
gsize
client_frame_read (ClientFrame *out, const char *bytes, gsize length)
{
  const guint8 *head = (const guint8 *) bytes;
  gsize payload, at = 2;

  if (length < 2)
    return 0;
  payload = head[1] & 0x7f;
  if (payload >= 126)
    {
      guint n = payload == 126 ? 2 : 8;

      at += n;
      if (length < at)
        return 0;
      payload = 0;
      for (guint i = 0; i < n; i++)
        payload = payload << 8 | head[2 + i];
    }
  if (length - at < payload)
    return 0;
  *out = (ClientFrame) { .kind = head[0] & 0x0f, .payload = bytes + at, .length = payload };
  return at + payload;
}

/**
 * client_frame_write:
 * Appends a whole, masked frame of up to 64 KiB.
 */
void
client_frame_write (GString *out, ClientFrameKind kind, const char *payload, gsize length)
{
  gsize at;

  g_assert (length <= G_MAXUINT16);
  g_string_append_c (out, (char) (FINAL | kind));
  if (length < 126)
    g_string_append_c (out, (char) (MASKED | length));
  else
    {
      const guint8 size[3] = { MASKED | 126, length >> 8, length & 0xff };

      g_string_append_len (out, (const char *) size, sizeof size);
    }
  g_string_append_len (out, (const char *) mask, sizeof mask);
  at = out->len;
  g_string_append_len (out, payload, length);
  for (gsize i = 0; i < length; i++)
    out->str[at + i] ^= mask[i & 3];
}
