/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "places.h"

#include <string.h>

/* Types of the data section. */
#define TYPE_STRING 2
#define TYPE_UINT16 5
#define TYPE_UINT32 6
#define TYPE_MAP    7
#define TYPE_UINT64 9  /* from 8 on a second byte says the type */
#define TYPE_ARRAY  11

#define NODES   8
#define NETWORK 81
#define MARKER  "\xab\xcd\xefMaxMind.com"

static void
put_head (GString *out, int type, guint size)
{
  g_assert_cmpuint (size, <, 29);
  if (type < 8)
    g_string_append_c (out, (char) (type << 5 | size));
  else
    {
      g_string_append_c (out, (char) size);
      g_string_append_c (out, (char) (type - 7));
    }
}

static void
put_text (GString *out, const char *text)
{
  put_head (out, TYPE_STRING, strlen (text));
  g_string_append (out, text);
}

static void
put_number (GString *out, const char *key, int type, guint value)
{
  put_text (out, key);
  put_head (out, type, 2);
  g_string_append_c (out, (char) (value >> 8));
  g_string_append_c (out, (char) value);
}

/* "city": {"names": {"en": name}} */
static void
put_place (GString *out, const char *key, const char *name)
{
  put_text (out, key);
  put_head (out, TYPE_MAP, 1);
  put_text (out, "names");
  put_head (out, TYPE_MAP, 1);
  put_text (out, "en");
  put_text (out, name);
}

static void
put_record (GString *out, guint value)
{
  for (int shift = 16; shift >= 0; shift -= 8)
    g_string_append_c (out, (char) (value >> shift));
}

/* A node for each of the first eight bits: one side goes on, the other ends in nothing; the last one ends in the data. */
static void
put_tree (GString *out)
{
  for (guint bit = 0; bit < NODES; bit++)
    {
      guint on = bit + 1 < NODES ? bit + 1 : NODES + 16;
      gboolean one = (NETWORK >> (7 - bit) & 1) != 0;

      put_record (out, one ? NODES : on);
      put_record (out, one ? on : NODES);
    }
}

void
places_write (const char *path, const char *city, const char *country)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  put_tree (out);
  g_string_append_len (out, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16);
  put_head (out, TYPE_MAP, 2);
  put_place (out, "city", city);
  put_place (out, "country", country);
  g_string_append (out, MARKER);
  put_head (out, TYPE_MAP, 9);
  put_number (out, "binary_format_major_version", TYPE_UINT16, 2);
  put_number (out, "binary_format_minor_version", TYPE_UINT16, 0);
  put_number (out, "build_epoch", TYPE_UINT64, 1);
  put_text (out, "database_type");
  put_text (out, "Test-City");
  put_text (out, "description");
  put_head (out, TYPE_MAP, 0);
  put_number (out, "ip_version", TYPE_UINT16, 4);
  put_text (out, "languages");
  put_head (out, TYPE_ARRAY, 0);
  put_number (out, "node_count", TYPE_UINT32, NODES);
  put_number (out, "record_size", TYPE_UINT16, 24);
  g_file_set_contents (path, out->str, out->len, &error);
  g_assert_no_error (error);
}
