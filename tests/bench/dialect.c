/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialect.h"

#include <gio/gio.h>
#include <string.h>

#define STAMP_BEFORE "\"text\":\"@"
#define STAMP_DIGITS 16

static const Dialect *const dialects[] = { &chatflow_dialect, &socketio_dialect };

const Dialect *
dialect_find (const char *name, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (dialects); i++)
    if (g_strcmp0 (name, dialects[i]->name) == 0)
      return dialects[i];
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "--dialect: got \"%s\", expected chatflow or socket.io", name);
  return NULL;
}

/**
 * dialect_write_text:
 * @length: in bytes; never less than the stamp takes
 *
 * Something a visitor might write, with what JSON has to escape and a letter beyond ASCII, led by the stamp. Already escaped for JSON.
 */
void
dialect_write_text (GString *out, guint64 stamp, gsize length)
{
  static const char words[] = " Hello, my order says \\\"delivered\\\" but it has not come \xe2\x80\x93 could you look? Thanks!";
  gsize end = out->len + length;

  g_string_append_printf (out, "@%0*" G_GINT64_MODIFIER "x", STAMP_DIGITS, stamp);
  while (out->len + sizeof words - 1 <= end)
    g_string_append_len (out, words, sizeof words - 1);
  while (out->len < end)
    g_string_append_c (out, '.');
}

/**
 * dialect_find_stamp:
 * @at: (inout): from where to look; behind the stamp when one was found
 *
 * Finds the next message's text from dialect_write_text() in JSON, without reading the JSON.
 */
gboolean
dialect_find_stamp (const char **at, const char *end, guint64 *stamp)
{
  const char *found = memmem (*at, end - *at, STAMP_BEFORE, strlen (STAMP_BEFORE));
  guint64 value = 0;

  if (found == NULL || end - found < (gssize) strlen (STAMP_BEFORE) + STAMP_DIGITS)
    return FALSE;
  found += strlen (STAMP_BEFORE);
  for (guint i = 0; i < STAMP_DIGITS; i++)
    {
      int digit = g_ascii_xdigit_value (found[i]);

      if (digit < 0)
        return FALSE;
      value = value << 4 | (guint) digit;
    }
  *at = found + STAMP_DIGITS;
  *stamp = value;
  return TRUE;
}
