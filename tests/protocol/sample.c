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
