/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#include "protocol/id.h"

static char *
sample_text (const CfField *field)
{
  GString *text = g_string_new ("é😀");

  while (g_utf8_strlen (text->str, -1) < field->min)
    g_string_append_c (text, 'x');
  return g_string_free (text, FALSE);
}

static void
fill (const CfField *field, gpointer value, guint i)
{
  const char *const strings[] = { "https://shop.example", "a\"\\<b", NULL };
  GPtrArray *array;

  switch (field->kind)
    {
    case CF_KIND_ID:
      cf_field_at (char *, value, field) = cf_id_new ();
      break;
    case CF_KIND_STRING:
    case CF_KIND_TEXT:
      cf_field_at (char *, value, field) = sample_text (field);
      break;
    case CF_KIND_STRINGS:
      cf_field_at (char **, value, field) = g_strdupv ((char **) strings);
      break;
    case CF_KIND_INTEGER:
    case CF_KIND_TIME:
      cf_field_at (gint64, value, field) = field->min + 1 + i;
      break;
    case CF_KIND_BOOLEAN:
      cf_field_at (gboolean, value, field) = TRUE;
      break;
    case CF_KIND_ENUM:
      cf_field_at (int, value, field) = 1;
      break;
    case CF_KIND_STRUCT:
      cf_field_at (gpointer, value, field) = sample_full (field->shape);
      break;
    case CF_KIND_STRUCTS:
      array = cf_structs_new ();
      g_ptr_array_add (array, sample_full (field->shape));
      cf_field_at (GPtrArray *, value, field) = array;
      break;
    case CF_KIND_RECORDS:
      array = cf_structs_new ();
      for (const CfShape *const *shape = cf_record_shapes (); *shape != NULL; shape++)
        g_ptr_array_add (array, sample_full (*shape));
      cf_field_at (GPtrArray *, value, field) = array;
      break;
    }
}

/**
 * sample_full:
 * Returns: (transfer full): a valid struct of @shape in which no field is absent. Records are no
 *   tombstones, for of those only the head travels.
 */
gpointer
sample_full (const CfShape *shape)
{
  CfStruct *value = cf_struct_new (shape);

  for (guint i = 0; i < shape->n_fields; i++)
    {
      const CfField *field = &shape->fields[i];

      if (cf_record_shape (shape->name) == shape && g_str_equal (field->name, "deleted"))
        continue;
      fill (field, value, i);
      cf_struct_give (value, field->name);
    }
  return value;
}

static char *
random_text (const CfField *field, GRand *random)
{
  static const char *const line[] = { "a", "Z", " ", "\"", "\\", "<", "/", "\\u0041", "é", "ß", "字", "—", "\u2027", "\u202a",
                                      "😀", "{", "]", ":," };
  static const char *const more[] = { "\n", "\t", "\r", "\u2028", "\u2029" };
  guint n_line = G_N_ELEMENTS (line), n_all = n_line + (field->kind == CF_KIND_TEXT ? G_N_ELEMENTS (more) : 0);
  gint64 wanted = field->min + g_rand_int_range (random, 0, 60), least = field->min, most = MIN (field->max, wanted);
  GString *text = g_string_new (NULL);
  gint64 length = 0;

  while (length < least || (length < most && g_rand_int_range (random, 0, 20) > 0))
    {
      guint which = g_rand_boolean (random) ? 0 : g_rand_int_range (random, 0, n_all);
      const char *piece = which < n_line ? line[which] : more[which - n_line];
      glong characters = g_utf8_strlen (piece, -1);

      gboolean fits = length + characters <= MAX (most, least);

      g_string_append (text, fits ? piece : "x");
      length += fits ? characters : 1;
    }
  return g_string_free (text, FALSE);
}

static gint64
random_number (const CfField *field, GRand *random)
{
  const gint64 safe = G_GINT64_CONSTANT (9007199254740991);
  gint64 least = field->kind == CF_KIND_TIME ? 0 : MAX (field->min, -safe);
  gint64 most = field->kind == CF_KIND_TIME ? safe : MIN (field->max, safe);

  switch (g_rand_int_range (random, 0, 4))
    {
    case 0:
      return least;
    case 1:
      return most;
    default:
      return least + (gint64) (g_rand_double (random) * (most - least));
    }
}

static GPtrArray *
random_array (const CfField *field, GRand *random)
{
  const CfShape *const *records = cf_record_shapes ();
  GPtrArray *array = cf_structs_new ();
  guint n = g_rand_int_range (random, 0, 4), n_records;

  for (n_records = 0; records[n_records] != NULL;)
    n_records++;
  for (guint i = 0; i < n; i++)
    {
      const CfShape *record = records[g_rand_int_range (random, 0, n_records)];

      g_ptr_array_add (array, sample_random (field->kind == CF_KIND_STRUCTS ? field->shape : record, random));
    }
  return array;
}

static void
fill_randomly (const CfField *field, gpointer value, GRand *random)
{
  guint n;

  switch (field->kind)
    {
    case CF_KIND_ID:
      cf_field_at (char *, value, field) = cf_id_new ();
      break;
    case CF_KIND_STRING:
    case CF_KIND_TEXT:
      cf_field_at (char *, value, field) = random_text (field, random);
      break;
    case CF_KIND_STRINGS:
      n = g_rand_int_range (random, 0, 5);
      cf_field_at (char **, value, field) = g_new0 (char *, n + 1);
      for (guint i = 0; i < n; i++)
        cf_field_at (char **, value, field)[i] = random_text (field, random);
      break;
    case CF_KIND_INTEGER:
    case CF_KIND_TIME:
      cf_field_at (gint64, value, field) = random_number (field, random);
      break;
    case CF_KIND_BOOLEAN:
      cf_field_at (gboolean, value, field) = g_rand_boolean (random);
      break;
    case CF_KIND_ENUM:
      /* the empty word is for what is not there */
      n = (field->flags & CF_FIELD_REQUIRED) != 0 && field->words[0][0] == '\0' ? 1 : 0;
      cf_field_at (int, value, field) = g_rand_int_range (random, n, g_strv_length ((char **) field->words));
      break;
    case CF_KIND_STRUCT:
      cf_field_at (gpointer, value, field) = sample_random (field->shape, random);
      break;
    case CF_KIND_STRUCTS:
    case CF_KIND_RECORDS:
      cf_field_at (GPtrArray *, value, field) = random_array (field, random);
      break;
    }
}

static gboolean
is_read_by_staff (const CfField *field)
{
  return (field->readers & CF_AUDIENCE_STAFF) != 0
         && (field->shape == NULL || (field->shape->readers & CF_AUDIENCE_STAFF) != 0);
}

/**
 * sample_random:
 * Returns: (transfer full): a valid struct of @shape as staff may see it, with everything that is required and some of the rest;
 *   what it has is given. Records are no tombstones.
 */
gpointer
sample_random (const CfShape *shape, GRand *random)
{
  CfStruct *value = cf_struct_new (shape);

  for (guint i = 0; i < shape->n_fields; i++)
    {
      const CfField *field = &shape->fields[i];
      gboolean demanded = (field->flags & CF_FIELD_REQUIRED) != 0 || field->kind == CF_KIND_INTEGER;
      gboolean tombstone = cf_record_shape (shape->name) == shape && g_str_equal (field->name, "deleted");

      if (!is_read_by_staff (field) || tombstone || (!demanded && g_rand_boolean (random)))
        continue;
      fill_randomly (field, value, random);
      value->present |= (guint64) 1 << i;
    }
  return value;
}
