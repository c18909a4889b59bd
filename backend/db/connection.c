/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "connection.h"

typedef struct
{
  char *select;
  char *upsert;
  char *update;
} Texts;

static void
texts_free (gpointer data)
{
  Texts *texts = data;

  g_free (texts->select);
  g_free (texts->upsert);
  g_free (texts->update);
  g_free (texts);
}

static const Texts *
get_texts (CfdConnection *self, const CfShape *shape)
{
  Texts *texts = g_hash_table_lookup (self->texts, shape);

  if (texts == NULL)
    {
      g_autofree char *columns = cf_sql_columns (shape, NULL);
      g_autofree char *upsert = cf_sql_upsert (shape);

      texts = g_new0 (Texts, 1);
      texts->select = g_strdup_printf ("SELECT %s FROM %s ", columns, shape->table);
      texts->upsert = g_strdup_printf ("%s WHERE %s.organisation_id = excluded.organisation_id", upsert, shape->table);
      texts->update = cf_sql_update (shape);
      g_hash_table_insert (self->texts, (gpointer) shape, texts);
    }
  return texts;
}

/**
 * cfd_connection_open:
 * Returns: (transfer full): a connection, or NULL with the driver's error.
 */
CfdConnection *
cfd_connection_open (const CfdDbDriver *driver, const char *where, gboolean read_only, gboolean create, GError **error)
{
  CfdDbHandle *handle = driver->open (where, read_only, create, error);
  gint64 stamp = handle != NULL ? driver->get_stamp (handle, error) : -1;
  CfdConnection *self;

  if (stamp < 0)
    {
      g_clear_pointer (&handle, driver->close);
      return NULL;
    }
  self = g_new0 (CfdConnection, 1);
  self->epoch = stamp * 1000;
  self->driver = driver;
  self->handle = handle;
  self->texts = g_hash_table_new_full (NULL, NULL, NULL, texts_free);
  return self;
}

/**
 * cfd_connection_command:
 * Runs one statement without parameters from the statement cache: BEGIN, SAVEPOINT, COMMIT, ….
 */
gboolean
cfd_connection_command (CfdConnection *self, const char *sql, GError **error)
{
  CfdDbStatement *statement = self->driver->prepare (self->handle, sql, error);
  CfdDbStep step;

  if (statement == NULL)
    return FALSE;
  step = self->driver->step (statement, error);
  self->driver->release (statement);
  return step != CFD_DB_STEP_ERROR;
}

/**
 * cfd_connection_select:
 * Returns: "SELECT <stored fields> FROM <table> "; borrowed.
 */
const char *
cfd_connection_select (CfdConnection *self, const CfShape *shape)
{
  return get_texts (self, shape)->select;
}

static gboolean
store (CfdConnection *self, const char *sql, guint without, const CfRecord *record, gboolean *stored, GError **error)
{
  const CfShape *shape = record->parent.shape;
  CfdDbStatement *statement = self->driver->prepare (self->handle, sql, error);
  guint number = 0;
  CfdDbStep step;

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < shape->n_fields; i++)
    if (cf_field_is_stored (&shape->fields[i]))
      {
        g_auto (CfSqlValue) value = CF_SQL_INIT;

        number++;
        if ((shape->fields[i].flags & without) != 0)
          continue;
        cf_sql_value_get (&shape->fields[i], record, &value);
        self->driver->bind (statement, number, &value, value.owned == NULL);
      }
  step = self->driver->step (statement, error);
  self->driver->release (statement);
  *stored = step == CFD_DB_STEP_DONE && self->driver->changed (self->handle) > 0;
  return step == CFD_DB_STEP_DONE;
}

/**
 * cfd_connection_update:
 * @stored: (out): whether the record has its row
 *
 * Stores a record that is there already; it costs half of what cfd_connection_upsert() does. What never changes stays as it is (CF_FIELD_FIXED).
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_connection_update (CfdConnection *self, const CfRecord *record, gboolean *stored, GError **error)
{
  return store (self, get_texts (self, record->parent.shape)->update, CF_FIELD_FIXED, record, stored, error);
}

/**
 * cfd_connection_upsert:
 * @stored: (out): FALSE when the id is a record of another organisation
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_connection_upsert (CfdConnection *self, const CfRecord *record, gboolean *stored, GError **error)
{
  return store (self, get_texts (self, record->parent.shape)->upsert, 0, record, stored, error);
}

void
cfd_connection_free (CfdConnection *self)
{
  if (self == NULL)
    return;
  self->driver->close (self->handle);
  cfd_recent_free (self->recent);
  g_hash_table_unref (self->texts);
  g_free (self);
}
