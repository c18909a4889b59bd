/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client-frame.h"

#include <string.h>

/* A frame as servers send them: not masked. */
static GString *
server_frame (ClientFrameKind kind, gsize length)
{
  GString *out = g_string_new (NULL);

  g_string_append_c (out, (char) (0x80 | kind));
  if (length < 126)
    g_string_append_c (out, (char) length);
  else if (length <= G_MAXUINT16)
    g_string_append_printf (out, "%c%c%c", 126, (int) (length >> 8), (int) (length & 0xff));
  else
    for (int i = -1; i < 8; i++)
      g_string_append_c (out, i < 0 ? 127 : (char) ((guint64) length >> (56 - 8 * i)));
  for (gsize i = 0; i < length; i++)
    g_string_append_c (out, (char) ('a' + i % 26));
  return out;
}

static void
test_read (void)
{
  static const gsize lengths[] = { 0, 1, 125, 126, 65535, 65536, 1048576 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GString) bytes = server_frame (CLIENT_FRAME_TEXT, lengths[i]);
      gsize whole = bytes->len;
      ClientFrame frame;

      g_assert_cmpuint (client_frame_read (&frame, bytes->str, whole - 1), ==, 0);
      g_string_append (bytes, "the next");
      g_assert_cmpuint (client_frame_read (&frame, bytes->str, bytes->len), ==, whole);
      g_assert_cmpint (frame.kind, ==, CLIENT_FRAME_TEXT);
      g_assert_cmpuint (frame.length, ==, lengths[i]);
      g_assert_true (frame.payload == bytes->str + whole - lengths[i]);
    }
}

static void
test_head_in_parts (void)
{
  g_autoptr (GString) bytes = server_frame (CLIENT_FRAME_PING, 70000);
  ClientFrame frame;

  for (gsize n = 0; n < 12; n++)
    g_assert_cmpuint (client_frame_read (&frame, bytes->str, n), ==, 0);
}

/* RFC 6455, 5.2: final, masked, the shortest form of the length. */
static void
test_write (void)
{
  static const struct
  {
    gsize length, head;
  } rows[] = { { 0, 6 }, { 125, 6 }, { 126, 8 }, { 65535, 8 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *payload = g_strnfill (rows[i].length, 'x');
      g_autoptr (GString) out = g_string_new (NULL);
      const guint8 *bytes, *mask;

      client_frame_write (out, CLIENT_FRAME_TEXT, payload, rows[i].length);
      bytes = (const guint8 *) out->str;
      mask = bytes + rows[i].head - 4;
      g_assert_cmpuint (out->len, ==, rows[i].head + rows[i].length);
      g_assert_cmpuint (bytes[0], ==, 0x81);
      g_assert_cmpuint (bytes[1] & 0x80, ==, 0x80);
      g_assert_cmpuint (mask[0] | mask[1] | mask[2] | mask[3], !=, 0);
      for (gsize at = 0; at < rows[i].length; at++)
        g_assert_cmpint (bytes[rows[i].head + at] ^ mask[at % 4], ==, 'x');
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bench/client-frame/read", test_read);
  g_test_add_func ("/bench/client-frame/head-in-parts", test_head_in_parts);
  g_test_add_func ("/bench/client-frame/write", test_write);
  return g_test_run ();
}
