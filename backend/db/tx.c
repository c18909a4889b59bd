/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tx-private.h"

#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/records/organisation.h"

#include <stdarg.h>
#include <string.h>

#define LAST_REVISION "SELECT rev FROM counter WHERE organisation_id = $1"

static CfdDbStatement *
prepare (CfdTx *tx, GError **error, const char *sql, const char *types, va_list values)
{
  const CfdDbDriver *driver = tx->connection->driver;
  CfdDbStatement *statement;

  g_assert (tx->thread == g_thread_self ());
  statement = driver->prepare (tx->connection->handle, sql, error);
  if (statement == NULL)
    return NULL;
  for (guint i = 0; types != NULL && types[i] != '\0'; i++)
    {
      CfSqlValue value = CF_SQL_INIT;

      g_assert (types[i] == 't' || types[i] == 'i');
      if (types[i] == 'i')
        {
          value.type = CF_SQL_INTEGER;
          value.integer = va_arg (values, gint64);
        }
      else
        {
          value.text = va_arg (values, const char *);
          value.type = value.text != NULL ? CF_SQL_TEXT : CF_SQL_NULL;
        }
      driver->bind (statement, i + 1, &value, FALSE);
    }
  return statement;
}

static CfdRows *
query (CfdTx *tx, GError **error, const char *sql, const char *types, va_list values)
{
  CfdDbStatement *statement = prepare (tx, error, sql, types, values);

  return statement != NULL ? cfd_rows_new (tx, statement) : NULL;
}

static CfdRows *
query_records (CfdTx *tx, GError **error, const CfShape *shape, const char *tail, const char *types, va_list values)
{
  g_autofree char *sql = g_strconcat (cfd_connection_select (tx->connection, shape), tail, NULL);

  return query (tx, error, sql, types, values);
}

static gboolean
check_writes (CfdTx *tx, GError **error)
{
  g_assert (tx->thread == g_thread_self ());
  if (tx->counters != NULL)
    return TRUE;
  g_set_error_literal (error, CF_ERROR, CF_ERROR_INTERNAL, "got a write in a reading call, expected CFD_DB_WRITE");
  return FALSE;
}

static gboolean
take_revision (CfdTx *tx, const char *organisation_id, gboolean may_be_first, GError **error)
{
  gint64 rev;

  if (!check_writes (tx, error))
    return FALSE;
  if (tx->changes != NULL)
    {
      if (strcmp (tx->changes->organisation_id, organisation_id) == 0)
        return TRUE;
      g_set_error (error, CF_ERROR, CF_ERROR_INTERNAL, "got a put for organisation %s in a call for %s, expected one organisation in a call",
                   organisation_id, tx->changes->organisation_id);
      return FALSE;
    }
  rev = cfd_counters_take (tx->counters, tx, organisation_id, may_be_first, error);
  if (rev < 0)
    return FALSE;
  tx->wrote = TRUE;
  tx->changes = cfd_changeset_new (organisation_id, rev);
  return TRUE;
}

static gboolean
execute (CfdTx *tx, GError **error, const char *sql, const char *types, va_list values)
{
  const CfdDbDriver *driver = tx->connection->driver;
  CfdDbStatement *statement;
  CfdDbStep step;

  if (!check_writes (tx, error))
    return FALSE;
  statement = prepare (tx, error, sql, types, values);
  if (statement == NULL)
    return FALSE;
  tx->wrote = TRUE;
  while ((step = driver->step (statement, error)) == CFD_DB_STEP_ROW)
    ;
  driver->release (statement);
  return step == CFD_DB_STEP_DONE;
}

/* A record that was read has its row; one that was not may have one all the same. */
static gboolean
store (CfdTx *tx, const CfRecord *record, gboolean was_read, GError **error)
{
  const CfShape *shape = record->parent.shape;
  gboolean stored = FALSE;

  if (was_read && !cfd_connection_update (tx->connection, record, &stored, error))
    return FALSE;
  if (!stored && !cfd_connection_upsert (tx->connection, record, &stored, error))
    return FALSE;
  if (!stored)
    g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "the id of this %s is already in use", shape->name);
  return stored;
}

/* What is changed once is likely to be again; what is new (a message) is not. */
static void
remember (CfdTx *tx, CfRecord *record, gboolean was_read)
{
  CfdRecent *recent = tx->connection->recent;

  if (recent == NULL)
    return;
  if (was_read)
    cfd_recent_put (recent, record);
  else
    cfd_recent_forget (recent, record->id);
}

/**
 * cfd_tx_init:
 * @counters: (nullable) (transfer none): where a writing call takes its revision; NULL for one that only reads
 *
 * Begins one call's view on the calling thread.
 */
void
cfd_tx_init (CfdTx *tx, CfdConnection *connection, CfdCounters *counters)
{
  *tx = (CfdTx) { .connection = connection, .counters = counters, .thread = g_thread_self (), .now = cf_now () };
}

void
cfd_tx_clear (CfdTx *tx)
{
  g_assert (tx->n_rows == 0);
  g_clear_pointer (&tx->changes, cfd_changeset_unref);
}

/**
 * cfd_tx_now:
 * Returns: when the call began to run, in milliseconds UTC; the same within one call.
 */
gint64
cfd_tx_now (CfdTx *tx)
{
  return tx->now;
}

/**
 * cfd_tx_set_now:
 * What this call writes happened at @now, as when history is brought in from elsewhere.
 */
void
cfd_tx_set_now (CfdTx *tx, gint64 now)
{
  tx->now = now;
}

/**
 * cfd_tx_execute:
 * Runs a statement of which no rows are wanted. Fails in a reading call.
 */
gboolean
cfd_tx_execute (CfdTx *tx, GError **error, const char *sql, const char *types, ...)
{
  gboolean ok;
  va_list values;

  if (tx->connection->recent != NULL)
    cfd_recent_clear (tx->connection->recent);
  va_start (values, types);
  ok = execute (tx, error, sql, types, values);
  va_end (values);
  return ok;
}

gboolean
cfd_tx_execute_aside (CfdTx *tx, GError **error, const char *sql, const char *types, ...)
{
  gboolean ok;
  va_list values;

  va_start (values, types);
  ok = execute (tx, error, sql, types, values);
  va_end (values);
  return ok;
}

/**
 * cfd_tx_query:
 * Returns: (transfer full): the rows, before the first; NULL with an error.
 */
CfdRows *
cfd_tx_query (CfdTx *tx, GError **error, const char *sql, const char *types, ...)
{
  CfdRows *rows;
  va_list values;

  va_start (values, types);
  rows = query (tx, error, sql, types, values);
  va_end (values);
  return rows;
}

/**
 * cfd_tx_records:
 * @tail: what follows "SELECT … FROM table "
 *
 * Returns: (transfer full): the records, tombstones too; NULL with an error.
 */
GPtrArray *
cfd_tx_records (CfdTx *tx, GError **error, const CfShape *shape, const char *tail, const char *types, ...)
{
  g_autoptr (CfdRows) rows = NULL;
  g_autoptr (GPtrArray) records = cf_structs_new ();
  g_autoptr (GError) problem = NULL;
  va_list values;

  va_start (values, types);
  rows = query_records (tx, error, shape, tail, types, values);
  va_end (values);
  if (rows == NULL)
    return NULL;
  while (cfd_rows_next (rows, &problem))
    g_ptr_array_add (records, cfd_rows_record (rows, shape, 0));
  if (problem == NULL)
    return g_steal_pointer (&records);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/**
 * cfd_tx_record:
 * @tail: what follows "SELECT … FROM table "
 *
 * Returns: (transfer full) (nullable): the first record, also when it is a tombstone; NULL without
 *   error when there is none.
 */
gpointer
cfd_tx_record (CfdTx *tx, GError **error, const CfShape *shape, const char *tail, const char *types, ...)
{
  g_autoptr (CfdRows) rows = NULL;
  va_list values;

  va_start (values, types);
  rows = query_records (tx, error, shape, tail, types, values);
  va_end (values);
  return rows != NULL && cfd_rows_next (rows, error) ? cfd_rows_record (rows, shape, 0) : NULL;
}

/**
 * cfd_tx_get:
 * Returns: (transfer full) (nullable): the record of @shape with that id, also when it is a
 *   tombstone; NULL without error when there is none.
 */
gpointer
cfd_tx_get (CfdTx *tx, GError **error, const CfShape *shape, const char *id)
{
  CfdRecent *recent = tx->connection->recent;
  CfRecord *known = recent != NULL ? cfd_recent_get (recent, shape, id) : NULL;

  return known != NULL ? cf_struct_copy (known) : cfd_tx_record (tx, error, shape, "WHERE id = $1", "t", id);
}

/**
 * cfd_tx_put:
 * @record: of a type in cf_record_shapes(), with id and organisation; carries the revision afterwards
 *
 * Inserts or replaces the record by its id. What is CF_FIELD_FIXED keeps its first value, unless the record is put with revision 0. Fails with CF_ERROR_CONFLICT when a unique column or another
 * organisation's record has the value already, CF_ERROR_NOT_FOUND when the organisation does not exist.
 */
gboolean
cfd_tx_put (CfdTx *tx, gpointer record, GError **error)
{
  CfRecord *self = record;
  const CfShape *shape = self->parent.shape;
  g_autoptr (CfRecord) copy = NULL;
  gint64 rev_before = self->rev;

  if (self->id == NULL || self->organisation_id == NULL
      || (shape == &cf_organisation_shape && strcmp (self->id, self->organisation_id) != 0))
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INTERNAL, "got a %s with id %s and organisation %s, expected both (an organisation's are the same)",
                   shape->name, self->id, self->organisation_id);
      return FALSE;
    }
  if (!take_revision (tx, self->organisation_id, shape == &cf_organisation_shape, error))
    return FALSE;
  self->rev = tx->changes->rev;
  if (!store (tx, self, rev_before > 0, error))
    {
      self->rev = rev_before;
      return FALSE;
    }
  copy = cf_struct_copy (self);
  cfd_changeset_add (tx->changes, copy);
  remember (tx, copy, rev_before > 0);
  return TRUE;
}

/**
 * cfd_tx_revision:
 * Returns: the revision that this call's puts get, taken now if it was not yet; -1 with an error.
 */
gint64
cfd_tx_revision (CfdTx *tx, const char *organisation_id, GError **error)
{
  return take_revision (tx, organisation_id, FALSE, error) ? tx->changes->rev : -1;
}

/**
 * cfd_tx_can_search:
 * Returns: whether the full-text index is there; CF_ERROR_UNAVAILABLE when it is not, or not yet.
 */
gboolean
cfd_tx_can_search (CfdTx *tx, GError **error)
{
  if (!tx->connection->searches)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "search is being prepared; try again in a moment");
  return tx->connection->searches;
}

/**
 * cfd_tx_epoch:
 * Returns: when the database was last restored, ms UTC; 0 when it never was. A revision of another epoch says nothing in this one.
 */
gint64
cfd_tx_epoch (CfdTx *tx)
{
  return tx->connection->epoch;
}

/**
 * cfd_tx_last_revision:
 * Returns: the organisation's last revision as this call sees it; 0 when there is no such organisation, -1 with an error.
 */
gint64
cfd_tx_last_revision (CfdTx *tx, const char *organisation_id, GError **error)
{
  gint64 given = tx->counters != NULL ? cfd_counters_peek (tx->counters, organisation_id) : 0;

  return given > 0 ? given : cfd_rows_only (cfd_tx_query (tx, error, LAST_REVISION, "t", organisation_id), error);
}
