/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shape.h"

#include "error.h"
#include "id.h"
#include "json-scan.h"

#include <string.h>

static void
clear_field (const CfField *field, gpointer value)
{
  switch (field->kind)
    {
    case CF_KIND_ID:
    case CF_KIND_STRING:
    case CF_KIND_TEXT:
      g_clear_pointer (&cf_field_at (char *, value, field), g_free);
      break;
    case CF_KIND_STRINGS:
      g_clear_pointer (&cf_field_at (char **, value, field), g_strfreev);
      break;
    case CF_KIND_STRUCT:
      g_clear_pointer (&cf_field_at (gpointer, value, field), cf_struct_unref);
      break;
    case CF_KIND_STRUCTS:
    case CF_KIND_RECORDS:
      g_clear_pointer (&cf_field_at (GPtrArray *, value, field), g_ptr_array_unref);
      break;
    case CF_KIND_INTEGER:
    case CF_KIND_TIME:
    case CF_KIND_BOOLEAN:
    case CF_KIND_ENUM:
      break;
    }
}

static void
copy_field (const CfField *field, gconstpointer from, gpointer to)
{
  switch (field->kind)
    {
    case CF_KIND_ID:
    case CF_KIND_STRING:
    case CF_KIND_TEXT:
      cf_field_at (char *, to, field) = g_strdup (cf_field_at (char *, from, field));
      break;
    case CF_KIND_STRINGS:
      cf_field_at (char **, to, field) = g_strdupv (cf_field_at (char **, from, field));
      break;
    case CF_KIND_STRUCT:
      if (cf_field_at (gpointer, from, field) != NULL)
        cf_field_at (gpointer, to, field) = cf_struct_ref (cf_field_at (gpointer, from, field));
      break;
    case CF_KIND_STRUCTS:
    case CF_KIND_RECORDS:
      if (cf_field_at (GPtrArray *, from, field) != NULL)
        cf_field_at (GPtrArray *, to, field) = g_ptr_array_ref (cf_field_at (GPtrArray *, from, field));
      break;
    case CF_KIND_INTEGER:
    case CF_KIND_TIME:
      cf_field_at (gint64, to, field) = cf_field_at (gint64, from, field);
      break;
    case CF_KIND_BOOLEAN:
    case CF_KIND_ENUM:
      cf_field_at (int, to, field) = cf_field_at (int, from, field);
      break;
    }
}

static gboolean
equal_arrays (const GPtrArray *a, const GPtrArray *b)
{
  guint n_a = a != NULL ? a->len : 0, n_b = b != NULL ? b->len : 0;

  if (n_a != n_b)
    return FALSE;
  for (guint i = 0; i < n_a; i++)
    if (!cf_struct_equal (a->pdata[i], b->pdata[i]))
      return FALSE;
  return TRUE;
}

static gboolean
equal_strings (const char *const *a, const char *const *b)
{
  static const char *const none[] = { NULL };

  return g_strv_equal (a != NULL ? a : none, b != NULL ? b : none);
}

static gboolean
equal_field (const CfField *field, gconstpointer a, gconstpointer b)
{
  switch (field->kind)
    {
    case CF_KIND_ID:
    case CF_KIND_STRING:
    case CF_KIND_TEXT:
      return g_strcmp0 (cf_field_at (char *, a, field), cf_field_at (char *, b, field)) == 0;
    case CF_KIND_STRINGS:
      return equal_strings (cf_field_at (const char *const *, a, field), cf_field_at (const char *const *, b, field));
    case CF_KIND_STRUCT:
      return cf_struct_equal (cf_field_at (gpointer, a, field), cf_field_at (gpointer, b, field));
    case CF_KIND_STRUCTS:
    case CF_KIND_RECORDS:
      return equal_arrays (cf_field_at (GPtrArray *, a, field), cf_field_at (GPtrArray *, b, field));
    case CF_KIND_INTEGER:
    case CF_KIND_TIME:
      return cf_field_at (gint64, a, field) == cf_field_at (gint64, b, field);
    case CF_KIND_BOOLEAN:
    case CF_KIND_ENUM:
      return cf_field_at (int, a, field) == cf_field_at (int, b, field);
    }
  return FALSE;
}

/* C0, DEL and C1; in one line also the separators of lines and paragraphs. */
static gboolean
is_refused (const CfField *field, gunichar c)
{
  if (field->kind == CF_KIND_TEXT)
    return g_unichar_iscntrl (c) && c != '\n' && c != '\t' && c != '\r';
  return g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029;
}

/* How long a text without anything but the printing characters of ASCII is; -1 = there are others, to be looked at one by one. */
static gssize
plain_length (const char *text)
{
  gsize length = strlen (text);
  const char *end = text + length;
  guint first;

  for (; end - text >= (gssize) sizeof (CfJsonBlock); text += sizeof (CfJsonBlock))
    {
      CfJsonBlock block = cf_json_load (text);

      if (cf_json_find ((CfJsonBlock) (block < 0x20) | (CfJsonBlock) (block >= 0x7f), &first))
        return -1;
    }
  while (text < end && *text >= 0x20 && *text < 0x7f)
    text++;
  return text == end ? (gssize) length : -1;
}

static gboolean
check_string (const CfField *field, const char *text, GError **error)
{
  gssize plain = plain_length (text);
  glong length;

  if (plain >= 0 && plain >= field->min && (field->max == 0 || plain <= field->max))
    return TRUE;
  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "%s: got bytes that are not UTF-8", field->name);
      return FALSE;
    }
  length = g_utf8_strlen (text, -1);
  if (length < field->min || (field->max > 0 && length > field->max))
    {
      g_set_error (error, CF_ERROR, length > field->max ? CF_ERROR_TOO_LARGE : CF_ERROR_INVALID,
                   "%s: got %ld characters, expected %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                   field->name, length, field->min, field->max);
      return FALSE;
    }
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (is_refused (field, g_utf8_get_char (p)))
      {
        g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "%s: got control character U+%04X, expected %s",
                     field->name, g_utf8_get_char (p),
                     field->kind == CF_KIND_TEXT ? "text" : "one line of text");
        return FALSE;
      }
  return TRUE;
}

/**
 * cf_struct_new:
 * Returns: (transfer full): a zeroed struct of @shape with one reference.
 */
gpointer
cf_struct_new (const CfShape *shape)
{
  CfStruct *self = g_malloc0 (shape->size);

  self->shape = shape;
  g_atomic_ref_count_init (&self->references);
  return self;
}

gpointer
cf_struct_ref (gpointer value)
{
  CfStruct *self = value;

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
cf_struct_unref (gpointer value)
{
  CfStruct *self = value;

  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  for (guint i = 0; i < self->shape->n_fields; i++)
    clear_field (&self->shape->fields[i], self);
  g_free (self);
}

/**
 * cf_struct_copy:
 * Returns: (transfer full): a copy that may be changed. Nested structs are shared.
 */
gpointer
cf_struct_copy (gconstpointer value)
{
  const CfStruct *self = value;
  CfStruct *copy = cf_struct_new (self->shape);

  copy->present = self->present;
  for (guint i = 0; i < self->shape->n_fields; i++)
    copy_field (&self->shape->fields[i], self, copy);
  return copy;
}

/**
 * cf_struct_equal:
 * Returns: whether both are NULL, or have one shape and equal fields.
 */
gboolean
cf_struct_equal (gconstpointer a, gconstpointer b)
{
  const CfStruct *left = a, *right = b;

  if (left == NULL || right == NULL)
    return left == right;
  if (left->shape != right->shape)
    return FALSE;
  for (guint i = 0; i < left->shape->n_fields; i++)
    if (!equal_field (&left->shape->fields[i], left, right))
      return FALSE;
  return TRUE;
}

/**
 * cf_struct_has:
 * Returns: whether @field was in the JSON that @value was decoded from, or was given by its maker; this is how
 *   "not given" differs from "given as empty" in updates.
 */
gboolean
cf_struct_has (gconstpointer value, const char *field)
{
  const CfStruct *self = value;
  const CfField *row = cf_shape_field (self->shape, field);

  g_return_val_if_fail (row != NULL, FALSE);
  return (self->present & ((guint64) 1 << (row - self->shape->fields))) != 0;
}

/**
 * cf_struct_give:
 *
 * Says that @field of an update, as it stands in @value, is to be written: also when it is FALSE or empty.
 * What is not given stays as it is at the receiver.
 */
void
cf_struct_give (gpointer value, const char *field)
{
  CfStruct *self = value;
  const CfField *row = cf_shape_field (self->shape, field);

  g_return_if_fail (row != NULL);
  self->present |= (guint64) 1 << (row - self->shape->fields);
}

/**
 * cf_shape_field:
 * Returns: (nullable): the row called @name.
 */
const CfField *
cf_shape_field (const CfShape *shape, const char *name)
{
  for (guint i = 0; i < shape->n_fields; i++)
    if (strcmp (shape->fields[i].name, name) == 0)
      return &shape->fields[i];
  return NULL;
}

/**
 * cf_field_word:
 * Returns: the number of @word in an enum field, or -1.
 */
int
cf_field_word (const CfField *field, const char *word)
{
  for (int i = 0; field->words[i] != NULL; i++)
    if (g_strcmp0 (field->words[i], word) == 0)
      return i;
  return -1;
}

/**
 * cf_field_is_stored:
 * Returns: whether the field is a column of its shape's table.
 */
gboolean
cf_field_is_stored (const CfField *field)
{
  return field->kind != CF_KIND_STRUCTS && field->kind != CF_KIND_RECORDS;
}

/**
 * cf_field_check:
 * @value: the struct that holds the field
 *
 * Validates one field that is there (absence is the decoder's business).
 * Returns: FALSE with CF_ERROR_INVALID or CF_ERROR_TOO_LARGE that says got and expected.
 */
gboolean
cf_field_check (const CfField *field, gconstpointer value, GError **error)
{
  gint64 number;

  switch (field->kind)
    {
    case CF_KIND_ID:
      if (cf_id_is_valid (cf_field_at (char *, value, field)))
        return TRUE;
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "%s: expected a UUID version 7 in lower case", field->name);
      return FALSE;
    case CF_KIND_STRING:
    case CF_KIND_TEXT:
      return check_string (field, cf_field_at (char *, value, field), error);
    case CF_KIND_STRINGS:
      for (char **s = cf_field_at (char **, value, field); s != NULL && *s != NULL; s++)
        if (!check_string (field, *s, error))
          return FALSE;
      return TRUE;
    case CF_KIND_INTEGER:
      number = cf_field_at (gint64, value, field);
      if (number >= field->min && number <= field->max)
        return TRUE;
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID,
                   "%s: got %" G_GINT64_FORMAT ", expected %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                   field->name, number, field->min, field->max);
      return FALSE;
    case CF_KIND_TIME:
      if (cf_field_at (gint64, value, field) >= 0)
        return TRUE;
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "%s: got a time before 1970, expected milliseconds UTC", field->name);
      return FALSE;
    case CF_KIND_BOOLEAN:
    case CF_KIND_ENUM:
    case CF_KIND_STRUCT:
    case CF_KIND_STRUCTS:
    case CF_KIND_RECORDS:
      return TRUE;
    }
  return FALSE;
}

/**
 * cf_struct_check:
 * For structs that were filled in by hand instead of decoded: the same limits. Returns: FALSE with CF_ERROR_INVALID or
 *   CF_ERROR_TOO_LARGE that names the field.
 */
gboolean
cf_struct_check (gconstpointer value, GError **error)
{
  const CfStruct *self = value;

  for (guint i = 0; i < self->shape->n_fields; i++)
    {
      const CfField *field = &self->shape->fields[i];
      gboolean text = field->kind == CF_KIND_ID || field->kind == CF_KIND_STRING || field->kind == CF_KIND_TEXT;

      if (text && cf_field_at (char *, value, field) == NULL)
        {
          if ((field->flags & CF_FIELD_REQUIRED) == 0)
            continue;
          g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "%s: missing", field->name);
          return FALSE;
        }
      if (!cf_field_check (field, value, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * cf_structs_new:
 * Returns: (transfer full): an empty array that owns the structs put into it.
 */
GPtrArray *
cf_structs_new (void)
{
  return g_ptr_array_new_with_free_func (cf_struct_unref);
}
