/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search-index.h"

/* $1 is the last row that was indexed when the transaction began: rows up to it have been indexed with their old words. */
#define MESSAGE_COLUMNS \
  "seq, replace (organisation_id, '-', '') || ' ' || substr (author_kind, 1, 1), text FROM message" \
  " WHERE deleted = 0 AND kind <> 'event' AND text IS NOT NULL"
#define VISITOR_COLUMNS \
  "seq, replace (organisation_id, '-', ''), name, email FROM visitor WHERE deleted = 0 AND coalesce (name, email) IS NOT NULL"

/**
 * Index:
 * The statements of one index, in the order in which they run.
 */
typedef struct
{
  const char *last;     /* the newest row */
  const char *any;      /* whether words must be taken out */
  const char *take_out; /* the old words of rows that changed */
  const char *put_back; /* their new words */
  const char *forget;
  const char *add;      /* new rows */
} Index;

static const Index messages = {
  "SELECT coalesce (max (seq), 0) FROM message",
  "SELECT EXISTS (SELECT 1 FROM message_unsaid)",
  "INSERT INTO message_search (message_search, rowid, scope, text)"
  " SELECT 'delete', seq, scope, text FROM message_unsaid WHERE seq <= $1 AND text IS NOT NULL ORDER BY seq",
  "INSERT INTO message_search (rowid, scope, text)"
  " SELECT " MESSAGE_COLUMNS " AND seq IN (SELECT unsaid.seq FROM message_unsaid unsaid WHERE unsaid.seq <= $1) ORDER BY seq",
  "DELETE FROM message_unsaid",
  "INSERT INTO message_search (rowid, scope, text) SELECT " MESSAGE_COLUMNS " AND seq > $1 ORDER BY seq",
};

static const Index visitors = {
  "SELECT coalesce (max (seq), 0) FROM visitor",
  "SELECT EXISTS (SELECT 1 FROM visitor_unsaid)",
  "INSERT INTO visitor_search (visitor_search, rowid, scope, name, email)"
  " SELECT 'delete', seq, scope, name, email FROM visitor_unsaid WHERE seq <= $1 AND coalesce (name, email) IS NOT NULL ORDER BY seq",
  "INSERT INTO visitor_search (rowid, scope, name, email)"
  " SELECT " VISITOR_COLUMNS " AND seq IN (SELECT unsaid.seq FROM visitor_unsaid unsaid WHERE unsaid.seq <= $1) ORDER BY seq",
  "DELETE FROM visitor_unsaid",
  "INSERT INTO visitor_search (rowid, scope, name, email) SELECT " VISITOR_COLUMNS " AND seq > $1 ORDER BY seq",
};

static gint64
ask (CfdConnection *connection, const char *sql, GError **error)
{
  CfdDbStatement *statement = connection->driver->prepare (connection->handle, sql, error);
  CfSqlValue value = CF_SQL_INIT;
  CfdDbStep step;

  if (statement == NULL)
    return -1;
  step = connection->driver->step (statement, error);
  if (step == CFD_DB_STEP_ROW)
    connection->driver->column (statement, 0, &value);
  connection->driver->release (statement);
  return step == CFD_DB_STEP_ROW ? value.integer : -1;
}

static gboolean
run (CfdConnection *connection, const char *sql, gint64 last, GError **error)
{
  CfdDbStatement *statement = connection->driver->prepare (connection->handle, sql, error);
  CfSqlValue value = { .type = CF_SQL_INTEGER, .integer = last };
  CfdDbStep step;

  if (statement == NULL)
    return FALSE;
  connection->driver->bind (statement, 1, &value, TRUE);
  step = connection->driver->step (statement, error);
  connection->driver->release (statement);
  return step == CFD_DB_STEP_DONE;
}

static gboolean
update (CfdConnection *connection, const Index *index, gint64 last, GError **error)
{
  gint64 any = ask (connection, index->any, error);
  gint64 newest = any >= 0 ? ask (connection, index->last, error) : -1;

  if (newest < 0)
    return FALSE;
  if (any > 0
      && (!run (connection, index->take_out, last, error) || !run (connection, index->put_back, last, error)
          || !cfd_connection_command (connection, index->forget, error)))
    return FALSE;
  return newest <= last || run (connection, index->add, last, error);
}

/**
 * cfd_search_index_begin:
 * After the start of a writing transaction, under its lock.
 */
gboolean
cfd_search_index_begin (CfdSearchIndex *self, CfdConnection *connection, GError **error)
{
  self->messages = ask (connection, messages.last, error);
  self->visitors = self->messages >= 0 ? ask (connection, visitors.last, error) : -1;
  return self->visitors >= 0;
}

/**
 * cfd_search_index_update:
 * Before the commit: the index then says what the tables say.
 */
gboolean
cfd_search_index_update (CfdSearchIndex *self, CfdConnection *connection, GError **error)
{
  return update (connection, &messages, self->messages, error) && update (connection, &visitors, self->visitors, error);
}
