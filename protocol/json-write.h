/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* Makes @out longer by @length bytes, which the caller fills. Mostly there is room, and nothing is called. */
static inline char *
cf_json_write_room (GString *out, gsize length)
{
  gsize at = out->len;

  if (G_LIKELY (out->allocated_len - at > length))
    {
      out->len = at + length;
      out->str[out->len] = '\0';
    }
  else
    g_string_set_size (out, at + length);
  return out->str + at;
}

static inline void
cf_json_write (GString *out, const char *text, gsize length)
{
  memcpy (cf_json_write_room (out, length), text, length);
}

#define cf_json_write_literal(out, text) cf_json_write ((out), "" text, sizeof (text) - 1)

static inline void
cf_json_write_integer (GString *out, gint64 number)
{
  char digits[20], *p = digits + sizeof digits;
  guint64 rest = number < 0 ? -(guint64) number : (guint64) number;

  do
    *--p = '0' + rest % 10;
  while ((rest /= 10) > 0);
  if (number < 0)
    *--p = '-';
  cf_json_write (out, p, digits + sizeof digits - p);
}

G_END_DECLS
