/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "patch.h"

#include "sql.h"

/* The row of @record with the name and kind of @field of the params; its id is never one of them. */
static const CfField *
counterpart (const CfStruct *record, const CfField *field)
{
  const CfField *row = g_str_equal (field->name, "id") ? NULL : cf_shape_field (record->shape, field->name);

  return row != NULL && row->kind == field->kind && cf_field_is_stored (row) ? row : NULL;
}

/* Empty words, an empty array and none at all are the same. */
static void
read_value (const CfField *field, gconstpointer value, CfSqlValue *out)
{
  cf_sql_value_get (field, value, out);
  if (out->text != NULL && g_str_equal (out->text, field->kind == CF_KIND_STRINGS ? "[]" : ""))
    {
      out->type = CF_SQL_NULL;
      out->text = NULL;
    }
}

/**
 * cf_struct_take:
 * @given: only those that an update was given (cf_struct_has)
 *
 * Writes the fields of @params into those of @record that are called the same and are of the same kind. What params have besides is left out.
 */
void
cf_struct_take (gpointer record, gconstpointer params, gboolean given)
{
  const CfStruct *from = params;

  for (guint i = 0; i < from->shape->n_fields; i++)
    {
      const CfField *field = &from->shape->fields[i], *row = counterpart (record, field);
      g_auto (CfSqlValue) value = CF_SQL_INIT;

      if (row == NULL || (given && !cf_struct_has (params, field->name)))
        continue;
      read_value (field, params, &value);
      cf_sql_value_set (row, record, &value);
    }
}

/**
 * cf_struct_fits:
 * Returns: whether @record has what cf_struct_take() would write, so that a call that made it was made before.
 */
gboolean
cf_struct_fits (gconstpointer record, gconstpointer params)
{
  const CfStruct *from = params;

  for (guint i = 0; i < from->shape->n_fields; i++)
    {
      const CfField *field = &from->shape->fields[i], *row = counterpart (record, field);
      g_auto (CfSqlValue) wanted = CF_SQL_INIT, have = CF_SQL_INIT;

      if (row == NULL)
        continue;
      read_value (field, params, &wanted);
      read_value (row, record, &have);
      if (wanted.integer != have.integer || g_strcmp0 (wanted.text, have.text) != 0)
        return FALSE;
    }
  return TRUE;
}
