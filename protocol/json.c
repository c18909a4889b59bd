/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json.h"

#include "error.h"
#include "json-reader.h"

#include <string.h>

/* The member that says what a record is. */
#define TYPE "type"

/* What a decoder stands on. */
typedef struct
{
  CfJsonReader reader;
  CfDecodeMode mode;
} Decoder;

static gpointer read_struct (Decoder *self, const CfShape *shape, GError **error);
static CfRecord *read_record (Decoder *self, GError **error);

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
type_got (const CfJsonReader *reader)
{
  static const char *const types[] = {
    [CF_JSON_NULL] = "null", [CF_JSON_BOOLEAN] = "a boolean", [CF_JSON_NUMBER] = "a number",
    [CF_JSON_STRING] = "a string", [CF_JSON_ARRAY] = "an array", [CF_JSON_OBJECT] = "an object",
  };

  return types[cf_json_reader_peek (reader)];
}

/* Whether the value that is next is of the type that the field takes. */
static gboolean
expect (const Decoder *self, const CfField *field, CfJsonType type, GError **error)
{
  if (cf_json_reader_peek (&self->reader) == type)
    return TRUE;
  g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "%s: got %s, expected %s",
               field->name, type_got (&self->reader), kind_expected (field->kind));
  return FALSE;
}

static char *
take_string (Decoder *self)
{
  CfJsonName string;
  char *text;

  cf_json_reader_string (&self->reader, &string);
  if (string.owned != NULL)
    return string.owned;
  text = g_malloc (string.length + 1);
  memcpy (text, string.text, string.length);
  text[string.length] = '\0';
  return text;
}

/* The first characters of what was got, to be shown. */
static char *
dup_got (const CfJsonName *string)
{
  g_autofree char *text = g_strndup (string->text, string->length);

  return g_utf8_substring (text, 0, MIN (40, g_utf8_strlen (text, -1)));
}

static gboolean
read_integer (Decoder *self, const CfField *field, gpointer value, GError **error)
{
  if (!expect (self, field, CF_JSON_NUMBER, error))
    return FALSE;
  if (cf_json_reader_integer (&self->reader, &cf_field_at (gint64, value, field)))
    return TRUE;
  g_set_error (error, CF_ERROR, CF_ERROR_INVALID,
               "%s: got a number that is not whole or beyond 2^53, expected a whole number", field->name);
  return FALSE;
}

static gboolean
check_count (const Decoder *self, const CfField *field, GError **error)
{
  CfJsonReader ahead = self->reader;
  guint most = field->kind == CF_KIND_STRINGS ? CF_MAX_STRINGS : field->kind == CF_KIND_STRUCTS ? (guint) field->max : 0, count = 0;

  if (most == 0)
    return TRUE;
  for (gboolean more = cf_json_reader_enter (&ahead); more; more = cf_json_reader_next (&ahead), count++)
    cf_json_reader_skip (&ahead, NULL);
  if (count > most)
    g_set_error (error, CF_ERROR, CF_ERROR_TOO_LARGE, "%s: got %u entries, expected at most %u", field->name, count, most);
  return count <= most;
}

static gboolean
read_strings (Decoder *self, const CfField *field, gpointer value, GError **error)
{
  g_autoptr (GPtrArray) strings = NULL;

  if (!expect (self, field, CF_JSON_ARRAY, error) || !check_count (self, field, error))
    return FALSE;
  strings = g_ptr_array_new_with_free_func (g_free);
  for (gboolean more = cf_json_reader_enter (&self->reader); more; more = cf_json_reader_next (&self->reader))
    {
      if (!expect (self, field, CF_JSON_STRING, error))
        return FALSE;
      g_ptr_array_add (strings, take_string (self));
    }
  g_ptr_array_add (strings, NULL);
  cf_field_at (char **, value, field) = (char **) g_ptr_array_free (g_steal_pointer (&strings), FALSE);
  return TRUE;
}

static gboolean
read_structs (Decoder *self, const CfField *field, gpointer value, GError **error)
{
  g_autoptr (GPtrArray) structs = NULL;
  guint i = 0;

  if (!expect (self, field, CF_JSON_ARRAY, error) || !check_count (self, field, error))
    return FALSE;
  structs = cf_structs_new ();
  for (gboolean more = cf_json_reader_enter (&self->reader); more; more = cf_json_reader_next (&self->reader), i++)
    {
      CfJsonReader entry = self->reader;
      GError *problem = NULL;
      gpointer one = field->kind == CF_KIND_RECORDS ? (gpointer) read_record (self, &problem)
                                                    : read_struct (self, field->shape, &problem);

      if (one != NULL)
        g_ptr_array_add (structs, one);
      else if (self->mode == CF_DECODE_STRICT || !g_error_matches (problem, CF_ERROR, CF_ERROR_NOT_FOUND))
        {
          g_propagate_prefixed_error (error, problem, "%s[%u]: ", field->name, i);
          return FALSE;
        }
      else
        {
          g_clear_error (&problem);
          self->reader = entry;
          cf_json_reader_skip (&self->reader, NULL);
        }
    }
  cf_field_at (GPtrArray *, value, field) = g_steal_pointer (&structs);
  return TRUE;
}

static int
find_word (const CfField *field, const CfJsonName *word)
{
  for (int i = 0; field->words[i] != NULL; i++)
    if (cf_json_name_is (word, field->words[i], strlen (field->words[i])))
      return i;
  return -1;
}

static gboolean
read_enum (Decoder *self, const CfField *field, gpointer value, GError **error)
{
  gboolean optional = field->words[0][0] == '\0', good;
  CfJsonName word;
  int number;

  if (!expect (self, field, CF_JSON_STRING, error))
    return FALSE;
  cf_json_reader_string (&self->reader, &word);
  number = find_word (field, &word);
  /* The empty word stands for a field that is not there; it is never written. */
  good = number >= (optional ? 1 : 0) || self->mode == CF_DECODE_LENIENT;
  if (!good)
    {
      g_autofree char *words = g_strjoinv (", ", (char **) field->words + (optional ? 1 : 0));
      g_autofree char *got = dup_got (&word);

      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "%s: got \"%s\", expected one of: %s", field->name, got, words);
    }
  g_free (word.owned);
  /* A word that a newer server knows and we don't reads as the first one. */
  cf_field_at (int, value, field) = MAX (number, 0);
  return good;
}

static gboolean
read_field (Decoder *self, const CfField *field, gpointer value, GError **error)
{
  switch (field->kind)
    {
    case CF_KIND_ID:
    case CF_KIND_STRING:
    case CF_KIND_TEXT:
      if (!expect (self, field, CF_JSON_STRING, error))
        return FALSE;
      cf_field_at (char *, value, field) = take_string (self);
      break;
    case CF_KIND_STRINGS:
      if (!read_strings (self, field, value, error))
        return FALSE;
      break;
    case CF_KIND_INTEGER:
    case CF_KIND_TIME:
      if (!read_integer (self, field, value, error))
        return FALSE;
      break;
    case CF_KIND_BOOLEAN:
      if (!expect (self, field, CF_JSON_BOOLEAN, error))
        return FALSE;
      cf_field_at (gboolean, value, field) = cf_json_reader_boolean (&self->reader);
      break;
    case CF_KIND_ENUM:
      return read_enum (self, field, value, error);
    case CF_KIND_STRUCT:
      if (!expect (self, field, CF_JSON_OBJECT, error))
        return FALSE;
      cf_field_at (gpointer, value, field) = read_struct (self, field->shape, error);
      return cf_field_at (gpointer, value, field) != NULL;
    case CF_KIND_STRUCTS:
    case CF_KIND_RECORDS:
      return read_structs (self, field, value, error);
    }
  return self->mode == CF_DECODE_LENIENT || cf_field_check (field, value, error);
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

/* The row of a name. Members mostly come in the order of the table, so the search begins behind the last one found. */
static const CfField *
find_field (const CfShape *shape, const CfJsonName *name, guint *after)
{
  for (guint n = 0, i = *after; n < shape->n_fields; n++, i++)
    {
      const CfField *field;

      i = i < shape->n_fields ? i : 0;
      field = &shape->fields[i];
      if (!cf_json_name_is (name, field->name, field->name_length))
        continue;
      *after = i + 1;
      /* what no audience reads is not on the wire: never read from it */
      return field->readers != CF_AUDIENCE_NONE ? field : NULL;
    }
  return NULL;
}

/* A name that the shape does not have. @record: "type" has been read already. */
static gboolean
pass_over (Decoder *self, const CfShape *shape, const CfJsonName *name, gboolean record, GError **error)
{
  g_autofree char *got = NULL;

  if (self->mode == CF_DECODE_LENIENT || (record && cf_json_name_is (name, TYPE, strlen (TYPE))))
    {
      cf_json_reader_skip (&self->reader, NULL);
      return TRUE;
    }
  got = dup_got (name);
  g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "%s: got unknown field \"%s\"", shape->name, got);
  return FALSE;
}

/* One member of an object. @nulls: a bit for each field that was given as null */
static gboolean
read_member (Decoder *self, CfStruct *value, gboolean record, guint *after, guint64 *nulls, GError **error)
{
  CfJsonName name;
  const CfField *field;
  guint64 bit;
  gboolean good;

  cf_json_reader_name (&self->reader, &name);
  field = find_field (value->shape, &name, after);
  if (field == NULL)
    {
      good = pass_over (self, value->shape, &name, record, error);
      g_free (name.owned);
      return good;
    }
  if (name.owned != NULL)
    g_free (name.owned);
  bit = (guint64) 1 << (field - value->shape->fields);
  value->present |= bit;
  if (cf_json_reader_peek (&self->reader) != CF_JSON_NULL)
    return read_field (self, field, value, error);
  *nulls |= bit;
  cf_json_reader_skip (&self->reader, NULL);
  return TRUE;
}

/* What a strict decoder asks when it has seen all members. @demand: required fields must be there */
static gboolean
check_members (const CfStruct *value, guint64 nulls, gboolean demand, GError **error)
{
  for (guint i = 0; i < value->shape->n_fields; i++)
    {
      const CfField *field = &value->shape->fields[i];
      guint64 bit = (guint64) 1 << i;

      if (demand && (field->flags & CF_FIELD_REQUIRED) != 0 && field->readers != CF_AUDIENCE_NONE
          && (value->present & ~nulls & bit) == 0)
        {
          g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "%s: missing, expected %s", field->name, kind_expected (field->kind));
          return FALSE;
        }
      if ((nulls & bit) != 0 && !is_nullable (field))
        {
          g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "%s: got null, expected %s", field->name, kind_expected (field->kind));
          return FALSE;
        }
    }
  return TRUE;
}

/* Of a tombstone only the id is demanded. */
static gpointer
read_members (Decoder *self, const CfShape *shape, gboolean record, GError **error)
{
  g_autoptr (CfStruct) value = cf_struct_new (shape);
  guint64 nulls = 0;
  guint after = 0;

  for (gboolean more = cf_json_reader_enter (&self->reader); more; more = cf_json_reader_next (&self->reader))
    if (!read_member (self, value, record, &after, &nulls, error))
      return NULL;
  if (self->mode == CF_DECODE_STRICT && !check_members (value, nulls, !record || !CF_RECORD (value)->deleted, error))
    return NULL;
  return g_steal_pointer (&value);
}

static gpointer
read_struct (Decoder *self, const CfShape *shape, GError **error)
{
  if (cf_json_reader_peek (&self->reader) == CF_JSON_OBJECT)
    return read_members (self, shape, FALSE, error);
  g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "%s: got %s, expected an object", shape->name, type_got (&self->reader));
  return NULL;
}

static const CfShape *
find_shape (const CfJsonName *type)
{
  for (const CfShape *const *shape = cf_record_shapes (); *shape != NULL; shape++)
    if (cf_json_name_is (type, (*shape)->name, strlen ((*shape)->name)))
      return *shape;
  return NULL;
}

/* The shape that the "type" of the object ahead names. We write it first; from others it may come anywhere. */
static const CfShape *
find_type (const Decoder *self, GError **error)
{
  CfJsonReader ahead = self->reader;
  gboolean more = cf_json_reader_peek (&ahead) == CF_JSON_OBJECT && cf_json_reader_enter (&ahead);

  for (; more; more = cf_json_reader_next (&ahead))
    {
      CfJsonName name, type;
      const CfShape *shape;
      gboolean found;

      cf_json_reader_name (&ahead, &name);
      found = cf_json_name_is (&name, TYPE, strlen (TYPE));
      g_free (name.owned);
      if (found && cf_json_reader_peek (&ahead) != CF_JSON_STRING)
        break;
      if (!found)
        {
          cf_json_reader_skip (&ahead, NULL);
          continue;
        }
      cf_json_reader_string (&ahead, &type);
      shape = find_shape (&type);
      g_free (type.owned);
      if (shape == NULL)
        g_set_error_literal (error, CF_ERROR, CF_ERROR_NOT_FOUND, "record: got an unknown type");
      return shape;
    }
  g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "record: expected an object with a \"type\"");
  return NULL;
}

static CfRecord *
read_record (Decoder *self, GError **error)
{
  const CfShape *shape = find_type (self, error);
  g_autoptr (CfRecord) record = shape != NULL ? read_members (self, shape, TRUE, error) : NULL;

  if (record != NULL && !cf_field_check (cf_shape_field (shape, "id"), record, error))
    return NULL;
  return g_steal_pointer (&record);
}

/**
 * cf_json_decode:
 * @shape: what to expect
 * @json: (nullable): NULL, or no value, reads as an empty object
 *
 * Straight from the text into the struct. A null member counts as given but empty, so that an update can clear a field;
 * strictly decoded it is refused where nothing can be empty (numbers, words of an enum, text with a least length).
 * Returns: (transfer full): a struct of @shape, or NULL with CF_ERROR_INVALID or CF_ERROR_TOO_LARGE
 *   that names the field, what was got and what was expected: the first in the text, then what is missing.
 */
gpointer
cf_json_decode (const CfShape *shape, const CfJson *json, CfDecodeMode mode, GError **error)
{
  static const CfJson nothing = { "{}", 2 };
  Decoder self = { .mode = mode };

  if (json == NULL || json->text == NULL)
    json = &nothing;
  self.reader = (CfJsonReader) { json->text, json->text + json->length };
  return read_struct (&self, shape, error);
}

/**
 * cf_json_decode_text:
 * Like cf_json_decode() from a zero-terminated text, which is checked first.
 */
gpointer
cf_json_decode_text (const CfShape *shape, const char *text, CfDecodeMode mode, GError **error)
{
  CfJson json;

  return cf_json_check (text, strlen (text), &json, error) ? cf_json_decode (shape, &json, mode, error) : NULL;
}

/**
 * cf_json_decode_record:
 * @json: an object with a member "type"
 *
 * Of a tombstone only the id is demanded. In both modes a record has a valid id: without one nobody can keep it.
 * Returns: (transfer full): a record of that type. CF_ERROR_NOT_FOUND for a type that we do not
 *   know, CF_ERROR_INVALID for the rest.
 */
CfRecord *
cf_json_decode_record (const CfJson *json, CfDecodeMode mode, GError **error)
{
  Decoder self = { { json->text, json->text + json->length }, mode };

  return read_record (&self, error);
}
