/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json-value.h"

#include "error.h"
#include "json-grammar.h"
#include "json-reader.h"

#include <string.h>

/* Whether it is UTF-8 without U+0000. What is ASCII at the beginning, mostly all of it, is passed over in blocks. */
static gboolean
check_utf8 (const char *text, gsize length)
{
  const char *p = text, *end = text + length;
  guint first;

  for (; end - p >= (gssize) sizeof (CfJsonBlock); p += sizeof (CfJsonBlock))
    {
      CfJsonBlock block = cf_json_load (p);

      if (cf_json_find ((CfJsonBlock) (block >= 0x80) | (CfJsonBlock) (block == 0), &first))
        break;
    }
  return g_utf8_validate (p, end - p, NULL);
}

static CfJsonReader
read_value (const CfJson *self)
{
  return (CfJsonReader) { self->text, self->text + self->length };
}

static char *
take_string (CfJsonReader *reader)
{
  CfJsonName string;

  cf_json_reader_string (reader, &string);
  return string.owned != NULL ? string.owned : g_strndup (string.text, string.length);
}

/**
 * cf_json_check:
 * @text: (nullable): NULL when it has no bytes
 * @length: bytes in @text, which need not be terminated
 * @value: (out): the value that the text consists of; borrows @text
 *
 * Checks one JSON text from outside, by the letter (see cf_json_check_grammar()); the size is limited by the caller. Only
 * what has passed may be read.
 * Returns: FALSE with CF_ERROR_INVALID
 */
gboolean
cf_json_check (const char *text, gsize length, CfJson *value, GError **error)
{
  CfJsonReader reader;

  if (length == 0)
    text = ""; /* nothing may come as NULL */
  if (!check_utf8 (text, length))
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "got bytes that are not UTF-8, expected JSON");
      return FALSE;
    }
  if (!cf_json_check_grammar (text, length, error))
    return FALSE;
  reader = (CfJsonReader) { cf_json_skip_space (text, text + length), text + length };
  while (strchr (" \t\r\n", reader.end[-1]) != NULL)
    reader.end--;
  *value = (CfJson) { reader.p, reader.end - reader.p };
  return TRUE;
}

CfJsonType
cf_json_get_type (const CfJson *self)
{
  CfJsonReader reader = read_value (self);

  return cf_json_reader_peek (&reader);
}

/**
 * cf_json_get_member:
 * @value: (out): borrows the same text
 *
 * Returns: whether @self is an object with a member @name
 */
gboolean
cf_json_get_member (const CfJson *self, const char *name, CfJson *value)
{
  CfJsonReader reader = read_value (self);
  gsize length = strlen (name);
  gboolean found = FALSE;

  *value = (CfJson) { NULL, 0 };
  if (cf_json_reader_peek (&reader) != CF_JSON_OBJECT)
    return FALSE;
  for (gboolean more = cf_json_reader_enter (&reader); more && !found; more = cf_json_reader_next (&reader))
    {
      CfJsonName have;

      cf_json_reader_name (&reader, &have);
      found = cf_json_name_is (&have, name, length);
      cf_json_reader_skip (&reader, found ? value : NULL);
      g_free (have.owned);
    }
  return found;
}

/**
 * cf_json_get_integer:
 * @number: (out): set on success
 *
 * Returns: whether @self is a whole number that is not beyond 2^53
 */
gboolean
cf_json_get_integer (const CfJson *self, gint64 *number)
{
  CfJsonReader reader = read_value (self);

  return cf_json_reader_peek (&reader) == CF_JSON_NUMBER && cf_json_reader_integer (&reader, number);
}

/**
 * cf_json_dup_string:
 * Returns: (transfer full) (nullable): NULL when @self is no string
 */
char *
cf_json_dup_string (const CfJson *self)
{
  CfJsonReader reader = read_value (self);

  return cf_json_reader_peek (&reader) == CF_JSON_STRING ? take_string (&reader) : NULL;
}

/**
 * cf_json_dup_names:
 * Returns: (transfer full) (nullable): the names of @self's members, or NULL when it is no object
 */
char **
cf_json_dup_names (const CfJson *self)
{
  g_autoptr (GStrvBuilder) names = NULL;
  CfJsonReader reader = read_value (self);

  if (cf_json_reader_peek (&reader) != CF_JSON_OBJECT)
    return NULL;
  names = g_strv_builder_new ();
  for (gboolean more = cf_json_reader_enter (&reader); more; more = cf_json_reader_next (&reader))
    {
      CfJsonName name;
      g_autofree char *text = NULL;

      cf_json_reader_name (&reader, &name);
      text = name.owned != NULL ? name.owned : g_strndup (name.text, name.length);
      g_strv_builder_add (names, text);
      cf_json_reader_skip (&reader, NULL);
    }
  return g_strv_builder_end (names);
}

/**
 * cf_json_dup_strings:
 * Returns: (transfer full) (nullable): the strings among @self's entries, or NULL when it is no array
 */
char **
cf_json_dup_strings (const CfJson *self)
{
  g_autoptr (GStrvBuilder) strings = NULL;
  CfJsonReader reader = read_value (self);

  if (cf_json_reader_peek (&reader) != CF_JSON_ARRAY)
    return NULL;
  strings = g_strv_builder_new ();
  for (gboolean more = cf_json_reader_enter (&reader); more; more = cf_json_reader_next (&reader))
    {
      g_autofree char *text = NULL;

      if (cf_json_reader_peek (&reader) == CF_JSON_STRING)
        text = take_string (&reader);
      else
        cf_json_reader_skip (&reader, NULL);
      if (text != NULL)
        g_strv_builder_add (strings, text);
    }
  return g_strv_builder_end (strings);
}
