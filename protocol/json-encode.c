/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json.h"

#include "json-scan.h"
#include "json-write.h"

static void
encode_array (GString *out, const GPtrArray *array, gboolean records, CfAudience audience)
{
  gboolean first = TRUE;

  g_string_append_c (out, '[');
  for (guint i = 0; array != NULL && i < array->len; i++)
    {
      if (records && !cf_record_visible (array->pdata[i], audience))
        continue;
      if (!first)
        g_string_append_c (out, ',');
      first = FALSE;
      if (records)
        cf_json_encode_record (out, array->pdata[i], audience);
      else
        cf_json_encode (out, array->pdata[i], audience);
    }
  g_string_append_c (out, ']');
}

static void
encode_strings (GString *out, char **strings)
{
  g_string_append_c (out, '[');
  for (guint i = 0; strings[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      cf_json_encode_string (out, strings[i]);
    }
  g_string_append_c (out, ']');
}

static gboolean
is_null (const CfField *field, gconstpointer value)
{
  switch (field->kind)
    {
    case CF_KIND_ID:
    case CF_KIND_STRING:
    case CF_KIND_TEXT:
    case CF_KIND_STRINGS:
    case CF_KIND_STRUCT:
    case CF_KIND_STRUCTS:
    case CF_KIND_RECORDS:
      return cf_field_at (gpointer, value, field) == NULL;
    case CF_KIND_TIME:
      return cf_field_at (gint64, value, field) == 0;
    case CF_KIND_ENUM:
      return field->words[cf_field_at (int, value, field)][0] == '\0';
    case CF_KIND_BOOLEAN:
    case CF_KIND_INTEGER:
      return FALSE;
    }
  return TRUE;
}

/* What is not there is not written: NULL, time 0, FALSE, the empty word. A field of an update is there when it was given. */
static gboolean
is_absent (const CfField *field, const CfStruct *value)
{
  if ((field->flags & CF_FIELD_GIVEN) != 0)
    return (value->present & ((guint64) 1 << (field - value->shape->fields))) == 0;
  return is_null (field, value) || (field->kind == CF_KIND_BOOLEAN && !cf_field_at (gboolean, value, field));
}

static gboolean
is_readable (const CfField *field, CfAudience audience)
{
  return (field->readers & audience) != 0 && (field->shape == NULL || (field->shape->readers & audience) != 0);
}

static void
encode_field (GString *out, const CfField *field, gconstpointer value, CfAudience audience)
{
  switch (field->kind)
    {
    case CF_KIND_ID:
    case CF_KIND_STRING:
    case CF_KIND_TEXT:
      cf_json_encode_string (out, cf_field_at (char *, value, field));
      break;
    case CF_KIND_STRINGS:
      encode_strings (out, cf_field_at (char **, value, field));
      break;
    case CF_KIND_INTEGER:
    case CF_KIND_TIME:
      cf_json_write_integer (out, cf_field_at (gint64, value, field));
      break;
    case CF_KIND_BOOLEAN:
      if (cf_field_at (gboolean, value, field))
        cf_json_write_literal (out, "true");
      else
        cf_json_write_literal (out, "false");
      break;
    case CF_KIND_ENUM:
      cf_json_encode_string (out, field->words[cf_field_at (int, value, field)]);
      break;
    case CF_KIND_STRUCT:
      cf_json_encode (out, cf_field_at (gpointer, value, field), audience);
      break;
    case CF_KIND_STRUCTS:
    case CF_KIND_RECORDS:
      encode_array (out, cf_field_at (GPtrArray *, value, field), field->kind == CF_KIND_RECORDS, audience);
      break;
    }
}

/* The key of a row begins with the comma, which the first member of an object goes without. */
static void
encode_name (GString *out, const CfField *field)
{
  gsize comma = out->str[out->len - 1] == '{' ? 1 : 0;

  cf_json_write (out, field->key + comma, field->name_length + strlen (",\"\":") - comma);
}

static void
encode_fields (GString *out, const CfStruct *value, CfAudience audience)
{
  for (guint i = 0; i < value->shape->n_fields; i++)
    {
      const CfField *field = &value->shape->fields[i];

      if (!is_readable (field, audience) || is_absent (field, value))
        continue;
      encode_name (out, field);
      if (is_null (field, value))
        cf_json_write_literal (out, "null");
      else
        encode_field (out, field, value, audience);
    }
}

static gboolean
is_separator (const char *p)
{
  return (guchar) p[0] == 0xe2 && (guchar) p[1] == 0x80 && ((guchar) p[2] & 0xfe) == 0xa8;
}

/* Whether the byte is written as it is; 0xe2 may begin a separator and is looked at more closely. */
static gboolean
is_plain (guchar c)
{
  return c >= 0x20 && c != '"' && c != '\\' && c != '<' && c != 0x7f && c != 0xe2;
}

static const char *
skip_plain (const char *p, const char *end)
{
  guint first;

  for (; end - p >= (gssize) sizeof (CfJsonBlock); p += sizeof (CfJsonBlock))
    {
      CfJsonBlock block = cf_json_load (p);
      CfJsonBlock stops = (CfJsonBlock) (block == '"') | (CfJsonBlock) (block == '\\') | (CfJsonBlock) (block == '<')
                          | (CfJsonBlock) (block < 0x20) | (CfJsonBlock) (block == 0x7f) | (CfJsonBlock) (block == 0xe2);

      if (cf_json_find (stops, &first))
        return p + first;
    }
  while (p < end && is_plain (*p))
    p++;
  return p;
}

/* Up to what must be escaped. */
static const char *
skip_harmless (const char *p, const char *end)
{
  for (p = skip_plain (p, end); p < end && (guchar) *p == 0xe2 && !is_separator (p); p = skip_plain (p + 1, end))
    ;
  return p;
}

/* Writes what stands at @p as an escape; returns what follows. */
static const char *
encode_escape (GString *out, const char *p)
{
  static const char hex[] = "0123456789abcdef";
  char *room;

  if (is_separator (p))
    {
      cf_json_write (out, (guchar) p[2] == 0xa8 ? "\\u2028" : "\\u2029", 6);
      return p + 3;
    }
  if (*p == '\n')
    cf_json_write_literal (out, "\\n");
  else if (*p == '\t')
    cf_json_write_literal (out, "\\t");
  else if (*p == '"')
    cf_json_write_literal (out, "\\\"");
  else if (*p == '\\')
    cf_json_write_literal (out, "\\\\");
  else
    {
      room = cf_json_write_room (out, 6);
      memcpy (room, "\\u00", 4);
      room[4] = hex[*p >> 4];
      room[5] = hex[*p & 15];
    }
  return p + 1;
}

/**
 * cf_json_encode:
 * @value: a CfStruct of any shape
 * @audience: exactly one; fields that it may not see are left out
 *
 * Appends @value as a JSON object to @out.
 */
void
cf_json_encode (GString *out, gconstpointer value, CfAudience audience)
{
  g_string_append_c (out, '{');
  encode_fields (out, value, audience);
  g_string_append_c (out, '}');
}

/**
 * cf_json_encode_record:
 * Appends @record led by its "type". Of a tombstone only id, rev and deleted are written. The
 * caller has asked cf_record_visible() before.
 */
void
cf_json_encode_record (GString *out, const CfRecord *record, CfAudience audience)
{
  const char *type = record->parent.shape->name;

  cf_json_write_literal (out, "{\"type\":\"");
  cf_json_write (out, type, strlen (type));
  cf_json_write_literal (out, "\"");
  if (record->deleted)
    {
      cf_json_write_literal (out, ",\"id\":");
      cf_json_encode_string (out, record->id);
      cf_json_write_literal (out, ",\"rev\":");
      cf_json_write_integer (out, record->rev);
      cf_json_write_literal (out, ",\"deleted\":true");
    }
  else
    encode_fields (out, &record->parent, audience);
  g_string_append_c (out, '}');
}

/**
 * cf_json_encode_string:
 * @text: valid UTF-8
 *
 * Appends @text quoted and escaped. "<" and U+2028/2029 are escaped too, so that the result is
 * harmless inside a script element.
 */
void
cf_json_encode_string (GString *out, const char *text)
{
  const char *end = text + strlen (text), *run = skip_harmless (text, end);
  char *room = cf_json_write_room (out, run - text + 1);

  *room = '"';
  memcpy (room + 1, text, run - text);
  while (run < end)
    {
      text = encode_escape (out, run);
      run = skip_harmless (text, end);
      cf_json_write (out, text, run - text);
    }
  cf_json_write_literal (out, "\"");
}
