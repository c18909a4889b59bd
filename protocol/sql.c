/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sql.h"

#include "json.h"

#include <string.h>

/**
 * cf_sql_columns:
 * @prefix: (nullable): a table alias to put before each column
 *
 * Returns: (transfer full): the stored fields of @shape in table order, comma-separated. A row
 *   selected with it is read back field by field in the same order.
 */
char *
cf_sql_columns (const CfShape *shape, const char *prefix)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < shape->n_fields; i++)
    {
      if (!cf_field_is_stored (&shape->fields[i]))
        continue;
      if (out->len > 0)
        g_string_append (out, ", ");
      if (prefix != NULL)
        g_string_append_printf (out, "%s.", prefix);
      g_string_append (out, shape->fields[i].name);
    }
  return g_string_free (out, FALSE);
}

/**
 * cf_sql_upsert:
 * Returns: (transfer full): "INSERT … ON CONFLICT (id) DO UPDATE …" for all stored fields of a
 *   record's shape. Parameter $n is the n-th stored field.
 */
char *
cf_sql_upsert (const CfShape *shape)
{
  g_autofree char *columns = cf_sql_columns (shape, NULL);
  g_auto (GStrv) names = g_strsplit (columns, ", ", -1);
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "INSERT INTO %s (%s) VALUES (", shape->table, columns);
  for (guint i = 0; names[i] != NULL; i++)
    g_string_append_printf (out, "%s$%u", i > 0 ? ", " : "", i + 1);
  g_string_append (out, ") ON CONFLICT (id) DO UPDATE SET ");
  for (guint i = 1; names[i] != NULL; i++)
    g_string_append_printf (out, "%s%s = excluded.%s", i > 1 ? ", " : "", names[i], names[i]);
  return g_string_free (out, FALSE);
}

/**
 * cf_sql_update:
 * Returns: (transfer full): "UPDATE … WHERE id = $1 AND organisation_id = …" for the stored fields of a record's shape but
 *   these two and those that never change (CF_FIELD_FIXED), which it has no parameter for. Parameter $n is the n-th stored field.
 */
char *
cf_sql_update (const CfShape *shape)
{
  GString *out = g_string_new (NULL);
  guint number = 0, organisation = 0;

  g_string_append_printf (out, "UPDATE %s SET ", shape->table);
  for (guint i = 0; i < shape->n_fields; i++)
    {
      const CfField *field = &shape->fields[i];

      if (!cf_field_is_stored (field) || ++number == 1 || (field->flags & CF_FIELD_FIXED) != 0)
        continue;
      if (g_str_equal (field->name, "organisation_id"))
        organisation = number;
      else
        g_string_append_printf (out, "%s = $%u, ", field->name, number);
    }
  g_string_truncate (out, out->len - strlen (", "));
  g_string_append_printf (out, " WHERE id = $1 AND organisation_id = $%u", organisation);
  return g_string_free (out, FALSE);
}

/**
 * cf_sql_value_get:
 * @out: filled; clear it with cf_sql_value_clear(). Text may point into @value.
 *
 * Field to column. Absent text is NULL; enums are stored as their word.
 */
void
cf_sql_value_get (const CfField *field, gconstpointer value, CfSqlValue *out)
{
  *out = (CfSqlValue) CF_SQL_INIT;
  switch (field->kind)
    {
    case CF_KIND_ID:
    case CF_KIND_STRING:
    case CF_KIND_TEXT:
      out->text = cf_field_at (char *, value, field);
      break;
    case CF_KIND_ENUM:
      out->text = field->words[cf_field_at (int, value, field)];
      break;
    case CF_KIND_STRINGS:
      if (cf_field_at (char **, value, field) != NULL)
        {
          GString *json = g_string_new ("[");

          for (char **s = cf_field_at (char **, value, field); *s != NULL; s++)
            {
              if (json->len > 1)
                g_string_append_c (json, ',');
              cf_json_encode_string (json, *s);
            }
          g_string_append_c (json, ']');
          out->owned = g_string_free (json, FALSE);
          out->text = out->owned;
        }
      break;
    case CF_KIND_INTEGER:
    case CF_KIND_TIME:
      out->type = CF_SQL_INTEGER;
      out->integer = cf_field_at (gint64, value, field);
      return;
    case CF_KIND_BOOLEAN:
      out->type = CF_SQL_INTEGER;
      out->integer = cf_field_at (gboolean, value, field) ? 1 : 0;
      return;
    case CF_KIND_STRUCT:
      if (cf_field_at (gpointer, value, field) != NULL)
        {
          GString *json = g_string_new (NULL);

          cf_json_encode (json, cf_field_at (gpointer, value, field), CF_AUDIENCE_STAFF);
          out->owned = g_string_free (json, FALSE);
          out->text = out->owned;
        }
      break;
    case CF_KIND_STRUCTS:
    case CF_KIND_RECORDS:
      g_return_if_reached ();
    }
  out->type = out->text != NULL ? CF_SQL_TEXT : CF_SQL_NULL;
}

/**
 * cf_sql_value_set:
 * Column to field; text is copied. What does not fit the field's kind reads as absent.
 */
void
cf_sql_value_set (const CfField *field, gpointer value, const CfSqlValue *in)
{
  const char *text = in->type == CF_SQL_TEXT ? in->text : NULL;
  CfJson json;

  switch (field->kind)
    {
    case CF_KIND_ID:
    case CF_KIND_STRING:
    case CF_KIND_TEXT:
      g_free (cf_field_at (char *, value, field));
      cf_field_at (char *, value, field) = g_strdup (text);
      break;
    case CF_KIND_ENUM:
      cf_field_at (int, value, field) = MAX (cf_field_word (field, text), 0);
      break;
    case CF_KIND_STRINGS:
      g_clear_pointer (&cf_field_at (char **, value, field), g_strfreev);
      if (text != NULL && cf_json_check (text, strlen (text), &json, NULL))
        cf_field_at (char **, value, field) = cf_json_dup_strings (&json);
      break;
    case CF_KIND_INTEGER:
    case CF_KIND_TIME:
      cf_field_at (gint64, value, field) = in->type == CF_SQL_INTEGER ? in->integer : 0;
      break;
    case CF_KIND_BOOLEAN:
      cf_field_at (gboolean, value, field) = in->type == CF_SQL_INTEGER && in->integer != 0;
      break;
    case CF_KIND_STRUCT:
      g_clear_pointer (&cf_field_at (gpointer, value, field), cf_struct_unref);
      if (text != NULL)
        cf_field_at (gpointer, value, field) = cf_json_decode_text (field->shape, text, CF_DECODE_LENIENT, NULL);
      break;
    case CF_KIND_STRUCTS:
    case CF_KIND_RECORDS:
      g_return_if_reached ();
    }
}

void
cf_sql_value_clear (CfSqlValue *value)
{
  g_clear_pointer (&value->owned, g_free);
}
