/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/transport/frame.h"

#include <string.h>

#define LIMIT 70000

typedef enum
{
  UNMASKED   = 1 << 0,
  LENGTH_16  = 1 << 1, /* written longer than needed */
  LENGTH_64  = 1 << 2,
  HIGH_BIT   = 1 << 3, /* of a 64 bit length */
  ONLY_HEAD  = 1 << 4, /* the payload does not come */
} Quirks;

/* One frame that a client sends; @fill instead of @text is that many letters. */
typedef struct
{
  guint8 first;
  const char *text;
  gssize length; /* 0 = strlen of @text */
  gsize fill;
  guint quirks;
} Piece;

/* What must come of it: T text, P ping, O pong, C code close, X code broken; long texts as their length. */
typedef struct
{
  const char *name;
  const char *expected;
  Piece pieces[6];
} Case;

static const Case cases[] = {
  { "text", "T[hello]", { { 0x81, "hello" } } },
  { "empty", "T[]", { { 0x81, "" } } },
  { "two", "T[a]T[b]", { { 0x81, "a" }, { 0x81, "b" } } },
  { "characters", "T[h\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80]", { { 0x81, "h\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80" } } },
  { "zero character", "T[3]", { { 0x81, "a\0b", 3 } } },
  { "125", "T[125]", { { 0x81, NULL, 0, 125 } } },
  { "126", "T[126]", { { 0x81, NULL, 0, 126 } } },
  { "65535", "T[65535]", { { 0x81, NULL, 0, 65535 } } },
  { "65536", "T[65536]", { { 0x81, NULL, 0, 65536 } } },
  { "limit", "T[70000]", { { 0x81, NULL, 0, LIMIT } } },
  { "over limit", "X1009", { { 0x81, NULL, 0, LIMIT + 1, ONLY_HEAD } } },
  { "over limit, 16 bit", "T[60000]X1009", { { 0x81, NULL, 0, 60000 }, { 0x01, NULL, 0, 60000 }, { 0x80, NULL, 0, 10001 } } },
  { "fragments", "T[abc]", { { 0x01, "a" }, { 0x00, "b" }, { 0x80, "c" } } },
  { "empty fragments", "T[]", { { 0x01, "" }, { 0x00, "" }, { 0x80, "" } } },
  { "fragments at limit", "T[70000]", { { 0x01, NULL, 0, 35000 }, { 0x80, NULL, 0, 35000 } } },
  { "fragments over limit", "X1009", { { 0x01, NULL, 0, 35000 }, { 0x80, NULL, 0, 35001 } } },
  { "ping between fragments", "P[x]O[y]T[ab]", { { 0x01, "a" }, { 0x89, "x" }, { 0x8a, "y" }, { 0x80, "b" } } },
  { "close between fragments", "C1000[bye]", { { 0x01, "a" }, { 0x88, "\x03\xe8" "bye" }, { 0x80, "b" } } },
  { "character over fragments", "T[\xe2\x82\xac]", { { 0x01, "\xe2" }, { 0x00, "\x82" }, { 0x80, "\xac" } } },
  { "bad character over fragments", "X1007", { { 0x01, "\xe2" }, { 0x80, "a" }, { 0x81, "never" } } },
  { "cut character", "X1007", { { 0x81, "\xe2\x82" } } },
  { "surrogate", "X1007", { { 0x81, "\xed\xa0\x80" } } },
  { "overlong", "X1007", { { 0x81, "\xc0\xaf" } } },
  { "above Unicode", "X1007", { { 0x81, "\xf4\x90\x80\x80" } } },
  { "after zero", "X1007", { { 0x81, "a\0\xff", 3 } } },
  { "binary", "X1003", { { 0x82, "a" } } },
  { "reserved bit 1", "X1002", { { 0xc1, "a" } } },
  { "reserved bit 2", "X1002", { { 0xa1, "a" } } },
  { "reserved bit 3", "X1002", { { 0x91, "a" } } },
  { "reserved bit in ping", "X1002", { { 0xc9, "a" } } },
  { "opcode 3", "X1002", { { 0x83, "a" } } },
  { "opcode 7", "X1002", { { 0x87, "a" } } },
  { "opcode 11", "X1002", { { 0x8b, "a" } } },
  { "opcode 15", "X1002", { { 0x8f, "a" } } },
  { "unmasked", "X1002", { { 0x81, "a", 0, 0, UNMASKED } } },
  { "good, then unmasked", "T[a]X1002", { { 0x81, "a" }, { 0x81, "b", 0, 0, UNMASKED }, { 0x81, "c" } } },
  { "continuation of nothing", "X1002", { { 0x80, "a" } } },
  { "continuation after end", "T[ab]X1002", { { 0x01, "a" }, { 0x80, "b" }, { 0x80, "c" } } },
  { "text inside message", "X1002", { { 0x01, "a" }, { 0x81, "b" } } },
  { "binary inside message", "X1002", { { 0x01, "a" }, { 0x82, "b" } } },
  { "fragmented ping", "X1002", { { 0x09, "a" } } },
  { "fragmented close", "X1002", { { 0x08, "\x03\xe8" } } },
  { "ping of 125", "P[125]", { { 0x89, NULL, 0, 125 } } },
  { "ping of 126", "X1002", { { 0x89, NULL, 0, 126 } } },
  { "empty ping", "P[]", { { 0x89, "" } } },
  { "16 bits for little", "X1002", { { 0x81, "a", 0, 0, LENGTH_16 } } },
  { "64 bits for little", "X1002", { { 0x81, "a", 0, 0, LENGTH_64 } } },
  { "64 bits for 65535", "X1002", { { 0x81, NULL, 0, 65535, LENGTH_64 | ONLY_HEAD } } },
  { "highest bit", "X1002", { { 0x81, NULL, 0, 65536, LENGTH_64 | HIGH_BIT | ONLY_HEAD } } },
  { "close", "C1000[]", { { 0x88, "\x03\xe8" } } },
  { "close, nothing after", "C1001[going]", { { 0x88, "\x03\xe9" "going" }, { 0x81, "never" } } },
  { "close without code", "C0[]", { { 0x88, "" } } },
  { "close with half a code", "X1002", { { 0x88, "\x03" } } },
  { "close 999", "X1002", { { 0x88, "\x03\xe7" } } },
  { "close 1004", "X1002", { { 0x88, "\x03\xec" } } },
  { "close 1005", "X1002", { { 0x88, "\x03\xed" } } },
  { "close 1006", "X1002", { { 0x88, "\x03\xee" } } },
  { "close 1012", "C1012[]", { { 0x88, "\x03\xf4" } } },
  { "close 1015", "X1002", { { 0x88, "\x03\xf7" } } },
  { "close 2999", "X1002", { { 0x88, "\x0b\xb7" } } },
  { "close 3000", "C3000[]", { { 0x88, "\x0b\xb8" } } },
  { "close 4999", "C4999[]", { { 0x88, "\x13\x87" } } },
  { "close 5000", "X1002", { { 0x88, "\x13\x88" } } },
  { "close with bad reason", "X1007", { { 0x88, "\x03\xe8\xff" } } },
  { "close with long reason", "C1000[123]", { { 0x88, NULL, 0, 125 } } },
};

static void
write_piece (GByteArray *out, const Piece *piece)
{
  g_autofree char *fill = g_strnfill (piece->fill, 'x');
  const char *text = piece->text != NULL ? piece->text : fill;
  gsize length = piece->length > 0 ? (gsize) piece->length : strlen (text);
  guint bytes = (piece->quirks & LENGTH_64) || length > G_MAXUINT16 ? 8 : (piece->quirks & LENGTH_16) || length > 125 ? 2 : 0;
  guint8 mask = (piece->quirks & UNMASKED) ? 0 : 0x80, key[4] = { 0x37, 0xfa, 0x21, 0x3d };
  guint8 head[10] = { piece->first, mask | (bytes == 8 ? 127 : bytes == 2 ? 126 : length) };

  if (piece->first == 0x88 && piece->fill > 0)
    memcpy (fill, "\x03\xe8", 2);
  for (guint i = 0; i < bytes; i++)
    head[2 + i] = (guint64) length >> (8 * (bytes - 1 - i));
  if (piece->quirks & HIGH_BIT)
    head[2] |= 0x80;
  g_byte_array_append (out, head, 2 + bytes);
  if (mask != 0)
    g_byte_array_append (out, key, 4);
  for (gsize i = 0; i < length && !(piece->quirks & ONLY_HEAD); i++)
    {
      guint8 byte = text[i] ^ (mask != 0 ? key[i & 3] : 0);

      g_byte_array_append (out, &byte, 1);
    }
}

static GByteArray *
bytes_of (const Case *test)
{
  GByteArray *out = g_byte_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (test->pieces) && (test->pieces[i].text != NULL || test->pieces[i].fill > 0); i++)
    write_piece (out, &test->pieces[i]);
  return out;
}

static void
describe (GString *log, const CfdFrame *frame)
{
  static const char letters[] = { [CFD_FRAME_TEXT] = 'T', [CFD_FRAME_PING] = 'P', [CFD_FRAME_PONG] = 'O', [CFD_FRAME_CLOSE] = 'C', [CFD_FRAME_BROKEN] = 'X' };

  g_string_append_c (log, letters[frame->kind]);
  if (frame->kind >= CFD_FRAME_CLOSE)
    g_string_append_printf (log, "%u", frame->code);
  if (frame->kind == CFD_FRAME_BROKEN)
    return;
  if (frame->length > 100 || memchr (frame->data, 0, frame->length) != NULL)
    g_string_append_printf (log, "[%" G_GSIZE_FORMAT "]", frame->length);
  else
    g_string_append_printf (log, "[%.*s]", (int) frame->length, frame->data);
}

/* Feeds a copy that is exactly as long, so that the sanitizer sees a step beyond it. */
static void
feed (CfdFrameReader *reader, const guint8 *bytes, gsize length, GString *log)
{
  g_autofree guint8 *copy = g_memdup2 (bytes, length);
  guint8 *at = copy;
  CfdFrame frame;

  while (cfd_frame_reader_next (reader, &at, &length, LIMIT, &frame) != CFD_FRAME_NONE)
    describe (log, &frame);
}

static void
check (const Case *test, const GByteArray *bytes, const gsize *cuts, guint n_cuts)
{
  CfdFrameReader reader = { 0 };
  g_autoptr (GString) log = g_string_new (NULL);
  gsize at = 0;

  for (guint i = 0; i <= n_cuts; i++)
    {
      gsize end = i < n_cuts ? cuts[i] : bytes->len;

      feed (&reader, bytes->data + at, end - at, log);
      at = end;
    }
  if (strcmp (log->str, test->expected) != 0)
    g_error ("%s: got %s, expected %s", test->name, log->str, test->expected);
  cfd_frame_reader_clear (&reader);
}

/* Every case whole, cut in two at every byte (of the long ones, around what matters), and byte by byte. */
static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) bytes = bytes_of (&cases[i]);
      g_autofree gsize *each = g_new (gsize, bytes->len);
      gsize step = bytes->len > 1000 ? 997 : 1;

      check (&cases[i], bytes, NULL, 0);
      for (gsize cut = 0; cut <= bytes->len; cut += cut < 40 ? 1 : step)
        check (&cases[i], bytes, &cut, 1);
      for (gsize k = 0; k < bytes->len; k++)
        each[k] = k;
      check (&cases[i], bytes, each, bytes->len);
    }
}

static void
test_idle_owns_nothing (void)
{
  const Case test = { "idle", "T[ab]P[x]", { { 0x01, "a" }, { 0x80, "b" }, { 0x89, "x" } } };
  g_autoptr (GByteArray) bytes = bytes_of (&test);
  g_autoptr (GString) log = g_string_new (NULL);
  CfdFrameReader reader = { 0 };

  feed (&reader, bytes->data, 8, log);
  g_assert_nonnull (reader.store);
  feed (&reader, bytes->data + 8, bytes->len - 8, log);
  g_assert_cmpstr (log->str, ==, test.expected);
  g_assert_null (reader.store);
}

static void
test_write_header (void)
{
  static const struct { gsize length; guint size; const char *bytes; } headers[] = {
    { 0, 2, "\x81\x00" },
    { 125, 2, "\x81\x7d" },
    { 126, 4, "\x81\x7e\x00\x7e" },
    { 65535, 4, "\x81\x7e\xff\xff" },
    { 65536, 10, "\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      guint8 header[CFD_FRAME_HEADER_MAX];
      guint size = cfd_frame_write_header (header, CFD_OPCODE_TEXT, headers[i].length);

      g_assert_cmpmem (header, size, headers[i].bytes, headers[i].size);
      g_assert_cmpuint (cfd_frame_size (header), ==, headers[i].length + size);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frame/cases", test_cases);
  g_test_add_func ("/frame/idle-owns-nothing", test_idle_owns_nothing);
  g_test_add_func ("/frame/write-header", test_write_header);
  return g_test_run ();
}
