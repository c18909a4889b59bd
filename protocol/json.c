/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json.h"

#include "error.h"

#include <math.h>
#include <string.h>

/* The largest integer that every JSON implementation carries exactly (RFC 8259 section 6). */
#define MAX_SAFE_INTEGER G_GINT64_CONSTANT (9007199254740991)

static const char *
kind_expected (CfKind kind)
{
  switch (kind)
    {
    case CF_KIND_ID:
    case CF_KIND_STRING:
    case CF_KIND_TEXT:
    case CF_KIND_ENUM:
      return "a string";
    case CF_KIND_INTEGER:
    case CF_KIND_TIME:
      return "a whole number";
    case CF_KIND_BOOLEAN:
      return "true or false";
    case CF_KIND_STRINGS:
      return "an array of strings";
    case CF_KIND_STRUCT:
      return "an object";
    case CF_KIND_STRUCTS:
    case CF_KIND_RECORDS:
      return "an array of objects";
    }
  return "something else";
}

static const char *
node_got (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return "an object";
  if (JSON_NODE_HOLDS_ARRAY (node))
    return "an array";
  if (JSON_NODE_HOLDS_NULL (node))
    return "null";
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      return "a string";
    case G_TYPE_BOOLEAN:
      return "a boolean";
    default:
      return "a number";
    }
}

static gboolean
fail_type (const CfField *field, JsonNode *node, GError **error)
{
  g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "%s: got %s, expected %s",
               field->name, node_got (node), kind_expected (field->kind));
  return FALSE;
}

static gboolean
holds (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static gboolean
decode_integer (const CfField *field, JsonNode *node, gint64 *out, GError **error)
{
  double number;

  if (holds (node, G_TYPE_INT64))
    {
      *out = json_node_get_int (node);
      if (*out <= MAX_SAFE_INTEGER && *out >= -MAX_SAFE_INTEGER)
        return TRUE;
    }
  else if (holds (node, G_TYPE_DOUBLE))
    {
      number = json_node_get_double (node);
      if (isfinite (number) && number == floor (number) && fabs (number) <= (double) MAX_SAFE_INTEGER)
        {
          *out = (gint64) number;
          return TRUE;
        }
    }
  else
    return fail_type (field, node, error);
  g_set_error (error, CF_ERROR, CF_ERROR_INVALID,
               "%s: got a number that is not whole or beyond 2^53, expected a whole number", field->name);
  return FALSE;
}

static gboolean
decode_strings (const CfField *field, JsonNode *node, gpointer value, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array;
  guint length;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail_type (field, node, error);
  array = json_node_get_array (node);
  length = json_array_get_length (array);
  if (length > CF_MAX_STRINGS)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_TOO_LARGE, "%s: got %u entries, expected at most %d",
                   field->name, length, CF_MAX_STRINGS);
      return FALSE;
    }
  for (guint i = 0; i < length; i++)
    {
      JsonNode *entry = json_array_get_element (array, i);

      if (!holds (entry, G_TYPE_STRING))
        return fail_type (field, entry, error);
      g_strv_builder_add (builder, json_node_get_string (entry));
    }
  cf_field_at (char **, value, field) = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
decode_structs (const CfField *field, JsonNode *node, gpointer value, CfDecodeMode mode, GError **error)
{
  g_autoptr (GPtrArray) structs = cf_structs_new ();
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail_type (field, node, error);
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *entry = json_array_get_element (array, i);
      g_autoptr (GError) problem = NULL;
      gpointer one = field->kind == CF_KIND_RECORDS ? (gpointer) cf_json_decode_record (entry, mode, &problem)
                                                    : cf_json_decode (field->shape, entry, mode, &problem);

      if (one != NULL)
        g_ptr_array_add (structs, one);
      else if (mode == CF_DECODE_STRICT || !g_error_matches (problem, CF_ERROR, CF_ERROR_NOT_FOUND))
        {
          g_propagate_prefixed_error (error, g_steal_pointer (&problem), "%s[%u]: ", field->name, i);
          return FALSE;
        }
    }
  cf_field_at (GPtrArray *, value, field) = g_steal_pointer (&structs);
  return TRUE;
}

static gboolean
decode_enum (const CfField *field, JsonNode *node, gpointer value, CfDecodeMode mode, GError **error)
{
  int number;

  if (!holds (node, G_TYPE_STRING))
    return fail_type (field, node, error);
  number = cf_field_word (field, json_node_get_string (node));
  if (number < 0 && mode == CF_DECODE_STRICT)
    {
      g_autofree char *words = g_strjoinv (", ", (char **) field->words);
      g_autofree char *got = g_utf8_substring (json_node_get_string (node), 0, MIN (40, g_utf8_strlen (json_node_get_string (node), -1)));

      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "%s: got \"%s\", expected one of: %s", field->name, got, words);
      return FALSE;
    }
  /* A word that a newer server knows and we don't reads as the first one. */
  cf_field_at (int, value, field) = MAX (number, 0);
  return TRUE;
}

static gboolean
decode_field (const CfField *field, JsonNode *node, gpointer value, CfDecodeMode mode, GError **error)
{
  switch (field->kind)
    {
    case CF_KIND_ID:
    case CF_KIND_STRING:
    case CF_KIND_TEXT:
      if (!holds (node, G_TYPE_STRING))
        return fail_type (field, node, error);
      cf_field_at (char *, value, field) = g_strdup (json_node_get_string (node));
      break;
    case CF_KIND_STRINGS:
      if (!decode_strings (field, node, value, error))
        return FALSE;
      break;
    case CF_KIND_INTEGER:
    case CF_KIND_TIME:
      if (!decode_integer (field, node, &cf_field_at (gint64, value, field), error))
        return FALSE;
      break;
    case CF_KIND_BOOLEAN:
      if (!holds (node, G_TYPE_BOOLEAN))
        return fail_type (field, node, error);
      cf_field_at (gboolean, value, field) = json_node_get_boolean (node);
      break;
    case CF_KIND_ENUM:
      return decode_enum (field, node, value, mode, error);
    case CF_KIND_STRUCT:
      if (!JSON_NODE_HOLDS_OBJECT (node))
        return fail_type (field, node, error);
      cf_field_at (gpointer, value, field) = cf_json_decode (field->shape, node, mode, error);
      return cf_field_at (gpointer, value, field) != NULL;
    case CF_KIND_STRUCTS:
    case CF_KIND_RECORDS:
      return decode_structs (field, node, value, mode, error);
    }
  return mode == CF_DECODE_LENIENT || cf_field_check (field, value, error);
}

static gboolean
refuse_unknown (const CfShape *shape, JsonObject *object, GError **error)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    if (cf_shape_field (shape, l->data) == NULL)
      {
        g_autofree char *got = g_utf8_substring (l->data, 0, MIN (40, g_utf8_strlen (l->data, -1)));

        g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "%s: got unknown field \"%s\"", shape->name, got);
        return FALSE;
      }
  return TRUE;
}

/* Brackets outside strings, counted without recursion; and no U+0000, which would end a C string early. */
static gboolean
check_text (const char *text, gsize length, GError **error)
{
  gboolean quoted = FALSE;
  int depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (quoted)
        {
          if (length - i >= 6 && memcmp (text + i, "\\u0000", 6) == 0)
            {
              g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "got U+0000 inside a string, expected text");
              return FALSE;
            }
          if (text[i] == '\\')
            i++;
          else if (text[i] == '"')
            quoted = FALSE;
        }
      else if (text[i] == '"')
        quoted = TRUE;
      else if (text[i] == '{' || text[i] == '[')
        {
          if (++depth > CF_JSON_MAX_DEPTH)
            {
              g_set_error (error, CF_ERROR, CF_ERROR_INVALID,
                           "JSON nests deeper than the expected %d levels", CF_JSON_MAX_DEPTH);
              return FALSE;
            }
        }
      else if (text[i] == '}' || text[i] == ']')
        depth--;
    }
  return TRUE;
}

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

/* What is not there is not written: NULL, time 0, FALSE, the empty word. */
static gboolean
is_absent (const CfField *field, gconstpointer value)
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
    case CF_KIND_BOOLEAN:
      return !cf_field_at (gboolean, value, field);
    case CF_KIND_ENUM:
      return field->words[cf_field_at (int, value, field)][0] == '\0';
    case CF_KIND_INTEGER:
      return FALSE;
    }
  return TRUE;
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

      if ((field->readers & audience) == 0 || is_absent (field, value))
        continue;
      encode_name (out, field->name);
      encode_field (out, field, value, audience);
    }
}

/**
 * cf_json_parse:
 * @length: bytes in @text, which need not be terminated
 *
 * Parses one JSON text from outside. Nesting is limited to CF_JSON_MAX_DEPTH, the size by the caller.
 * Returns: (transfer full): the tree, or NULL with CF_ERROR_INVALID.
 */
JsonNode *
cf_json_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) problem = NULL;
  JsonNode *root;

  if (!g_utf8_validate (text, length, NULL))
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "got bytes that are not UTF-8, expected JSON");
      return NULL;
    }
  if (!check_text (text, length, error))
    return NULL;
  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, length, &problem))
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "not JSON: %s", problem->message);
      return NULL;
    }
  root = json_parser_get_root (parser);
  if (root == NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "got nothing, expected JSON");
      return NULL;
    }
  return json_node_ref (root);
}

/**
 * cf_json_decode:
 * @shape: what to expect
 * @node: (nullable): NULL reads as an empty object
 *
 * Null members count as given but empty, so that an update can clear a field.
 * Returns: (transfer full): a struct of @shape, or NULL with CF_ERROR_INVALID or CF_ERROR_TOO_LARGE
 *   that names the field, what was got and what was expected.
 */
gpointer
cf_json_decode (const CfShape *shape, JsonNode *node, CfDecodeMode mode, GError **error)
{
  g_autoptr (CfStruct) value = cf_struct_new (shape);
  JsonObject *object = NULL;

  if (node != NULL)
    {
      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "%s: got %s, expected an object", shape->name, node_got (node));
          return NULL;
        }
      object = json_node_get_object (node);
      if (mode == CF_DECODE_STRICT && !refuse_unknown (shape, object, error))
        return NULL;
    }
  for (guint i = 0; i < shape->n_fields; i++)
    {
      const CfField *field = &shape->fields[i];
      JsonNode *member = object != NULL ? json_object_get_member (object, field->name) : NULL;

      if (member != NULL)
        value->present |= (guint64) 1 << i;
      if (member != NULL && !JSON_NODE_HOLDS_NULL (member))
        {
          if (!decode_field (field, member, value, mode, error))
            return NULL;
        }
      else if (mode == CF_DECODE_STRICT && (field->flags & CF_FIELD_REQUIRED) != 0)
        {
          g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "%s: missing, expected %s", field->name, kind_expected (field->kind));
          return NULL;
        }
    }
  return g_steal_pointer (&value);
}

/**
 * cf_json_decode_text:
 * Like cf_json_decode() from a zero-terminated text.
 */
gpointer
cf_json_decode_text (const CfShape *shape, const char *text, CfDecodeMode mode, GError **error)
{
  g_autoptr (JsonNode) node = cf_json_parse (text, strlen (text), error);

  return node != NULL ? cf_json_decode (shape, node, mode, error) : NULL;
}

/**
 * cf_json_decode_record:
 * @node: an object with a member "type"
 *
 * Returns: (transfer full): a record of that type. CF_ERROR_NOT_FOUND for a type that we do not
 *   know, CF_ERROR_INVALID for the rest.
 */
CfRecord *
cf_json_decode_record (JsonNode *node, CfDecodeMode mode, GError **error)
{
  const CfShape *shape;
  JsonNode *type;
  g_autoptr (JsonNode) rest = NULL;

  type = JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_member (json_node_get_object (node), "type") : NULL;
  if (type == NULL || !holds (type, G_TYPE_STRING))
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "record: expected an object with a \"type\"");
      return NULL;
    }
  shape = cf_record_shape (json_node_get_string (type));
  if (shape == NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_NOT_FOUND, "record: got an unknown type");
      return NULL;
    }
  if (mode == CF_DECODE_LENIENT)
    return cf_json_decode (shape, node, mode, error);
  rest = json_node_copy (node);
  json_object_remove_member (json_node_get_object (rest), "type");
  return cf_json_decode (shape, rest, mode, error);
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
