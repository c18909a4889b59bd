/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tx-private.h"

struct _CfdRows
{
  CfdTx *tx;
  CfdDbStatement *statement;
  gboolean ended;
};

static CfSqlValue
get_column (CfdRows *self, guint column)
{
  CfSqlValue value = CF_SQL_INIT;

  g_assert (column < self->tx->connection->driver->n_columns (self->statement));
  self->tx->connection->driver->column (self->statement, column, &value);
  return value;
}

/**
 * cfd_rows_new:
 * @statement: (transfer full): bound; released with the rows
 *
 * Returns: (transfer full): the rows of @statement, before the first.
 */
CfdRows *
cfd_rows_new (CfdTx *tx, CfdDbStatement *statement)
{
  CfdRows *self = g_new0 (CfdRows, 1);

  self->tx = tx;
  self->statement = statement;
  tx->n_rows++;
  return self;
}

/**
 * cfd_rows_next:
 * Goes to the first or next row.
 *
 * Returns: FALSE at the end, and with an error when the engine failed.
 */
gboolean
cfd_rows_next (CfdRows *self, GError **error)
{
  CfdDbStep step;

  g_assert (self->tx->thread == g_thread_self ());
  if (self->ended)
    return FALSE;
  step = self->tx->connection->driver->step (self->statement, error);
  self->ended = step != CFD_DB_STEP_ROW;
  self->tx->read += !self->ended;
  return !self->ended;
}

/**
 * cfd_rows_text:
 * @column: from 0
 *
 * Returns: (nullable): the column's text, borrowed until the next row; NULL when it holds NULL or a number.
 */
const char *
cfd_rows_text (CfdRows *self, guint column)
{
  return get_column (self, column).text;
}

/**
 * cfd_rows_integer:
 * @column: from 0
 *
 * Returns: the column's number; 0 when it holds NULL or text.
 */
gint64
cfd_rows_integer (CfdRows *self, guint column)
{
  return get_column (self, column).integer;
}

/**
 * cfd_rows_only:
 * @self: (nullable) (transfer full): of a query for one number; NULL when it failed with @error
 *
 * Returns: the first row's number; 0 when there is no row, -1 with an error.
 */
gint64
cfd_rows_only (CfdRows *self, GError **error)
{
  g_autoptr (CfdRows) rows = self;
  g_autoptr (GError) problem = NULL;

  if (rows == NULL)
    return -1;
  if (cfd_rows_next (rows, &problem))
    return cfd_rows_integer (rows, 0);
  if (problem == NULL)
    return 0;
  g_propagate_error (error, g_steal_pointer (&problem));
  return -1;
}

/**
 * cfd_rows_texts:
 * @self: (nullable) (transfer full): of a query for one text a row; NULL when it failed with @error
 *
 * Returns: (transfer full): the texts (char *) in their order; NULL with an error.
 */
GPtrArray *
cfd_rows_texts (CfdRows *self, GError **error)
{
  g_autoptr (CfdRows) rows = self;
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  GError *problem = NULL;

  if (rows == NULL)
    return NULL;
  while (cfd_rows_next (rows, &problem))
    g_ptr_array_add (texts, g_strdup (cfd_rows_text (rows, 0)));
  if (problem == NULL)
    return g_steal_pointer (&texts);
  g_propagate_error (error, problem);
  return NULL;
}

/**
 * cfd_rows_record:
 * @first_column: where cf_sql_columns() of @shape begin in the row
 *
 * Returns: (transfer full) (nullable): the record in this row; NULL when its id is NULL (an outer join without partner).
 */
gpointer
cfd_rows_record (CfdRows *self, const CfShape *shape, guint first_column)
{
  g_autoptr (CfRecord) record = NULL;
  guint column = first_column;

  if (cfd_rows_text (self, first_column) == NULL)
    return NULL;
  record = cf_struct_new (shape);
  for (guint i = 0; i < shape->n_fields; i++)
    if (cf_field_is_stored (&shape->fields[i]))
      {
        CfSqlValue value = get_column (self, column++);

        cf_sql_value_set (&shape->fields[i], record, &value);
      }
  return g_steal_pointer (&record);
}

void
cfd_rows_free (CfdRows *self)
{
  if (self == NULL)
    return;
  g_assert (self->tx->thread == g_thread_self ());
  self->tx->connection->driver->release (self->statement);
  self->tx->n_rows--;
  g_free (self);
}
