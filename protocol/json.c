/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json.h"

#include "error.h"
#include "json-grammar.h"

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
  gboolean optional = field->words[0][0] == '\0';
  int number;

  if (!holds (node, G_TYPE_STRING))
    return fail_type (field, node, error);
  number = cf_field_word (field, json_node_get_string (node));
  /* The empty word stands for a field that is not there; it is never written. */
  if (number < (optional ? 1 : 0) && mode == CF_DECODE_STRICT)
    {
      g_autofree char *words = g_strjoinv (", ", (char **) field->words + (optional ? 1 : 0));
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

/* @record: a member "type" has been read already */
static gboolean
refuse_unknown (const CfShape *shape, JsonObject *object, gboolean record, GError **error)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    {
      const CfField *field = cf_shape_field (shape, l->data);

      if ((field == NULL || field->readers == CF_AUDIENCE_NONE) && !(record && strcmp (l->data, "type") == 0))
        {
          g_autofree char *got = g_utf8_substring (l->data, 0, MIN (40, g_utf8_strlen (l->data, -1)));

          g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "%s: got unknown field \"%s\"", shape->name, got);
          return FALSE;
        }
    }
  return TRUE;
}

/* Whether the field can be cleared: empty is another state than each of its values. */
static gboolean
is_nullable (const CfField *field)
{
  switch (field->kind)
    {
    case CF_KIND_ID:
    case CF_KIND_STRINGS:
    case CF_KIND_TIME:
      return TRUE;
    case CF_KIND_STRING:
    case CF_KIND_TEXT:
      return field->min == 0;
    case CF_KIND_ENUM:
      return field->words[0][0] == '\0';
    case CF_KIND_INTEGER:
    case CF_KIND_BOOLEAN:
    case CF_KIND_STRUCT:
    case CF_KIND_STRUCTS:
    case CF_KIND_RECORDS:
      return FALSE;
    }
  return FALSE;
}

static gboolean
decode_member (const CfField *field, JsonNode *member, gpointer value, CfDecodeMode mode, gboolean demand,
               GError **error)
{
  gboolean null = member != NULL && JSON_NODE_HOLDS_NULL (member);

  if (member != NULL && !null)
    return decode_field (field, member, value, mode, error);
  if (demand && (field->flags & CF_FIELD_REQUIRED) != 0)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "%s: missing, expected %s", field->name, kind_expected (field->kind));
      return FALSE;
    }
  return !null || mode == CF_DECODE_LENIENT || is_nullable (field) || fail_type (field, member, error);
}

/* @demand: required fields must be there. Fields that no audience reads are not on the wire: never read from it. */
static gpointer
decode_members (const CfShape *shape, JsonObject *object, CfDecodeMode mode, gboolean demand, GError **error)
{
  g_autoptr (CfStruct) value = cf_struct_new (shape);

  for (guint i = 0; i < shape->n_fields; i++)
    {
      const CfField *field = &shape->fields[i];
      JsonNode *member = object != NULL && field->readers != CF_AUDIENCE_NONE
                             ? json_object_get_member (object, field->name) : NULL;

      if (member != NULL)
        value->present |= (guint64) 1 << i;
      if (!decode_member (field, member, value, mode, demand && field->readers != CF_AUDIENCE_NONE, error))
        return NULL;
    }
  return g_steal_pointer (&value);
}

/* Names in the tree; fewer than the text has means that one was given twice and the parser kept the last. */
static guint
count_members (JsonNode *node)
{
  guint count = 0;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      JsonNode *member;

      json_object_iter_init (&iter, json_node_get_object (node));
      for (; json_object_iter_next (&iter, NULL, &member); count++)
        count += count_members (member);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        count += count_members (json_array_get_element (array, i));
    }
  return count;
}

/**
 * cf_json_parse:
 * @length: bytes in @text, which need not be terminated
 *
 * Parses one JSON text from outside, by the letter (see cf_json_check_grammar()); the size is limited
 * by the caller.
 * Returns: (transfer full): the tree, or NULL with CF_ERROR_INVALID.
 */
JsonNode *
cf_json_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) problem = NULL;
  JsonNode *root;
  guint members;

  if (!g_utf8_validate (text, length, NULL))
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "got bytes that are not UTF-8, expected JSON");
      return NULL;
    }
  if (!cf_json_check_grammar (text, length, &members, error))
    return NULL;
  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, length, &problem))
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "not JSON: %s", problem->message);
      return NULL;
    }
  root = json_parser_get_root (parser);
  if (count_members (root) != members)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "got a field twice in one object, expected it once");
      return NULL;
    }
  return json_node_ref (root);
}

/**
 * cf_json_decode:
 * @shape: what to expect
 * @node: (nullable): NULL reads as an empty object
 *
 * A null member counts as given but empty, so that an update can clear a field; strictly decoded it is
 * refused where nothing can be empty (numbers, words of an enum, text with a least length).
 * Returns: (transfer full): a struct of @shape, or NULL with CF_ERROR_INVALID or CF_ERROR_TOO_LARGE
 *   that names the field, what was got and what was expected.
 */
gpointer
cf_json_decode (const CfShape *shape, JsonNode *node, CfDecodeMode mode, GError **error)
{
  JsonObject *object = NULL;

  if (node != NULL)
    {
      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "%s: got %s, expected an object", shape->name, node_got (node));
          return NULL;
        }
      object = json_node_get_object (node);
      if (mode == CF_DECODE_STRICT && !refuse_unknown (shape, object, FALSE, error))
        return NULL;
    }
  return decode_members (shape, object, mode, mode == CF_DECODE_STRICT, error);
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
 * Of a tombstone only the id is demanded. In both modes a record has a valid id: without one nobody can keep it.
 * Returns: (transfer full): a record of that type. CF_ERROR_NOT_FOUND for a type that we do not
 *   know, CF_ERROR_INVALID for the rest.
 */
CfRecord *
cf_json_decode_record (JsonNode *node, CfDecodeMode mode, GError **error)
{
  g_autoptr (CfRecord) record = NULL;
  const CfShape *shape;
  JsonObject *object;
  JsonNode *type, *deleted;
  gboolean tombstone;

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
  object = json_node_get_object (node);
  if (mode == CF_DECODE_STRICT && !refuse_unknown (shape, object, TRUE, error))
    return NULL;
  deleted = json_object_get_member (object, "deleted");
  tombstone = deleted != NULL && holds (deleted, G_TYPE_BOOLEAN) && json_node_get_boolean (deleted);
  record = decode_members (shape, object, mode, mode == CF_DECODE_STRICT && !tombstone, error);
  if (record != NULL && !cf_field_check (cf_shape_field (shape, "id"), record, error))
    return NULL;
  return g_steal_pointer (&record);
}
