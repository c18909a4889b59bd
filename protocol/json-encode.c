/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json.h"

static void
encode_integer (GString *out, gint64 number)
{
  char digits[32];

  g_string_append_len (out, digits, g_snprintf (digits, sizeof digits, "%" G_GINT64_FORMAT, number));
}

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
      encode_integer (out, cf_field_at (gint64, value, field));
      break;
    case CF_KIND_BOOLEAN:
      g_string_append (out, cf_field_at (gboolean, value, field) ? "true" : "false");
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

static void
encode_name (GString *out, const char *name)
{
  if (out->str[out->len - 1] != '{')
    g_string_append_c (out, ',');
  g_string_append_c (out, '"');
  g_string_append (out, name);
  g_string_append (out, "\":");
}

static void
encode_fields (GString *out, const CfStruct *value, CfAudience audience)
{
  for (guint i = 0; i < value->shape->n_fields; i++)
    {
      const CfField *field = &value->shape->fields[i];

      if (!is_readable (field, audience) || is_absent (field, value))
        continue;
      encode_name (out, field->name);
      if (is_null (field, value))
        g_string_append (out, "null");
      else
        encode_field (out, field, value, audience);
    }
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
  g_string_append (out, "{\"type\":\"");
  g_string_append (out, record->parent.shape->name);
  g_string_append_c (out, '"');
  if (record->deleted)
    {
      g_string_append (out, ",\"id\":");
      cf_json_encode_string (out, record->id);
      g_string_append (out, ",\"rev\":");
      encode_integer (out, record->rev);
      g_string_append (out, ",\"deleted\":true");
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
  const char *start = text, *p;

  g_string_append_c (out, '"');
  for (p = text; *p != '\0'; p++)
    {
      guchar c = *p;
      gboolean separator = c == 0xe2 && (guchar) p[1] == 0x80 && ((guchar) p[2] & 0xfe) == 0xa8;

      if (c >= 0x20 && c != '"' && c != '\\' && c != '<' && c != 0x7f && !separator)
        continue;
      g_string_append_len (out, start, p - start);
      if (separator)
        {
          g_string_append (out, (guchar) p[2] == 0xa8 ? "\\u2028" : "\\u2029");
          p += 2;
        }
      else if (c == '\n')
        g_string_append (out, "\\n");
      else if (c == '\t')
        g_string_append (out, "\\t");
      else if (c == '"' || c == '\\')
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, c);
        }
      else
        g_string_append_printf (out, "\\u%04x", c);
      start = p + 1;
    }
  g_string_append_len (out, start, p - start);
  g_string_append_c (out, '"');
}
