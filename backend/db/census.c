/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "census.h"

#include "protocol/error.h"
#include "protocol/record.h"

/* Appends a line for each row of @statement, and sums its second column up. */
static gboolean
append_rows (const CfdDbDriver *driver, CfdDbStatement *statement, const char *table, GString *out, guint64 *sum, GError **error)
{
  CfdDbStep step;

  while ((step = driver->step (statement, error)) == CFD_DB_STEP_ROW)
    {
      CfSqlValue organisation = CF_SQL_INIT, count = CF_SQL_INIT, rev = CF_SQL_INIT;

      driver->column (statement, 0, &organisation);
      driver->column (statement, 1, &count);
      driver->column (statement, 2, &rev);
      g_string_append_printf (out, "%s %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", table, organisation.text, count.integer, rev.integer);
      *sum += count.integer;
    }
  driver->release (statement);
  return step == CFD_DB_STEP_DONE;
}

/**
 * cfd_census_take:
 * Counts what @handle sees. A table that this database does not have yet (it is of an older version) has no line.
 *
 * Returns: (transfer full): NULL with an error
 */
CfdCensus *
cfd_census_take (const CfdDbDriver *driver, CfdDbHandle *handle, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint64 n_organisations = 0, records = 0;
  CfdDbStatement *statement = driver->prepare (handle, "SELECT organisation_id, 1, rev FROM counter ORDER BY organisation_id", error);
  CfdCensus *self;

  if (statement == NULL)
    {
      g_prefix_error (error, "it holds no organisations: ");
      return NULL;
    }
  if (!append_rows (driver, statement, "counter", text, &n_organisations, error))
    return NULL;
  for (const CfShape *const *shape = cf_record_shapes (); *shape != NULL; shape++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT organisation_id, count(*), max(rev) FROM %s GROUP BY organisation_id ORDER BY organisation_id",
                                              (*shape)->table);

      statement = driver->prepare (handle, sql, NULL);
      if (statement != NULL && !append_rows (driver, statement, (*shape)->table, text, &records, error))
        return NULL;
    }
  self = g_new0 (CfdCensus, 1);
  self->text = g_string_free (g_steal_pointer (&text), FALSE);
  self->records = records;
  return self;
}

void
cfd_census_free (CfdCensus *self)
{
  g_free (self->text);
  g_free (self);
}
