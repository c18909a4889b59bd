/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search-index.h"

/* $1 is the last row that has been indexed: rows up to it are in the index with their old words. $2 is the last that will be now. */
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
  const char *indexed;  /* the last row that has been */
  const char *newest;
  const char *any;      /* whether words must be taken out */
  const char *take_out; /* the old words of rows that changed */
  const char *put_back; /* their new words */
  const char *forget;
  const char *add;      /* new rows */
  const char *note;     /* $1 is the last row now */
  const char *by_itself; /* whether it merges by itself */
  const char *take_over; /* no longer */
  const char *merge;     /* a few pages */
} Index;

/* What was indexed together is a segment of its own; where there are four of a kind they are merged into a larger one. FTS5 does that in gushes of
 * ten milliseconds, for which all writers would wait: so it is done here, a few pages at a time. */
#define BY_ITSELF(table) "SELECT coalesce ((SELECT v FROM " table "_config WHERE k = 'automerge'), 4)"
#define TAKE_OVER(table) "INSERT INTO " table " (" table ", rank) VALUES ('automerge', 0)"
#define MERGE(table) "INSERT INTO " table " (" table ", rank) VALUES ('merge', 16)"

static const Index messages = {
  "SELECT messages FROM search_state",
  "SELECT coalesce (max (seq), 0) FROM message",
  "SELECT EXISTS (SELECT 1 FROM message_unsaid)",
  "INSERT INTO message_search (message_search, rowid, scope, text)"
  " SELECT 'delete', seq, scope, text FROM message_unsaid WHERE seq <= $1 AND text IS NOT NULL ORDER BY seq",
  "INSERT INTO message_search (rowid, scope, text)"
  " SELECT " MESSAGE_COLUMNS " AND seq IN (SELECT unsaid.seq FROM message_unsaid unsaid WHERE unsaid.seq <= $1) ORDER BY seq",
  "DELETE FROM message_unsaid",
  "INSERT INTO message_search (rowid, scope, text) SELECT " MESSAGE_COLUMNS " AND seq > $1 AND seq <= $2 ORDER BY seq",
  "UPDATE search_state SET messages = $1",
  BY_ITSELF ("message_search"),
  TAKE_OVER ("message_search"),
  MERGE ("message_search"),
};

static const Index visitors = {
  "SELECT visitors FROM search_state",
  "SELECT coalesce (max (seq), 0) FROM visitor",
  "SELECT EXISTS (SELECT 1 FROM visitor_unsaid)",
  "INSERT INTO visitor_search (visitor_search, rowid, scope, name, email)"
  " SELECT 'delete', seq, scope, name, email FROM visitor_unsaid WHERE seq <= $1 AND coalesce (name, email) IS NOT NULL ORDER BY seq",
  "INSERT INTO visitor_search (rowid, scope, name, email)"
  " SELECT " VISITOR_COLUMNS " AND seq IN (SELECT unsaid.seq FROM visitor_unsaid unsaid WHERE unsaid.seq <= $1) ORDER BY seq",
  "DELETE FROM visitor_unsaid",
  "INSERT INTO visitor_search (rowid, scope, name, email) SELECT " VISITOR_COLUMNS " AND seq > $1 AND seq <= $2 ORDER BY seq",
  "UPDATE search_state SET visitors = $1",
  BY_ITSELF ("visitor_search"),
  TAKE_OVER ("visitor_search"),
  MERGE ("visitor_search"),
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
run (CfdConnection *connection, const char *sql, const gint64 *rows, guint n_rows, GError **error)
{
  CfdDbStatement *statement = connection->driver->prepare (connection->handle, sql, error);
  CfdDbStep step;

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < n_rows; i++)
    {
      CfSqlValue value = { .type = CF_SQL_INTEGER, .integer = rows[i] };

      connection->driver->bind (statement, i + 1, &value, TRUE);
    }
  step = connection->driver->step (statement, error);
  connection->driver->release (statement);
  return step == CFD_DB_STEP_DONE;
}

static gboolean
update (CfdConnection *connection, const Index *index, gint64 at_most, gboolean *behind, GError **error)
{
  gint64 last = ask (connection, index->indexed, error);
  gint64 any = last >= 0 ? ask (connection, index->any, error) : -1;
  gint64 newest = any >= 0 ? ask (connection, index->newest, error) : -1;
  gint64 span[2] = { last, MIN (newest, last + at_most) };

  if (newest < 0)
    return FALSE;
  *behind |= span[1] < newest;
  if (any > 0
      && (!run (connection, index->take_out, span, 1, error) || !run (connection, index->put_back, span, 1, error)
          || !cfd_connection_command (connection, index->forget, error)))
    return FALSE;
  if (span[1] > last && !run (connection, index->add, span, 2, error))
    return FALSE;
  return span[1] == last || run (connection, index->note, &span[1], 1, error);
}

/**
 * cfd_search_index_advance:
 * @at_most: how many new rows of a kind are indexed
 * @behind: (out): whether there are more
 *
 * Within a writing transaction: brings the index nearer to what the tables say.
 */
gboolean
cfd_search_index_advance (CfdConnection *connection, gint64 at_most, gboolean *behind, GError **error)
{
  *behind = FALSE;
  return update (connection, &messages, at_most, behind, error) && update (connection, &visitors, at_most, behind, error);
}

/**
 * cfd_search_index_update:
 * Within a writing transaction: the index then says what the tables say.
 */
gboolean
cfd_search_index_update (CfdConnection *connection, GError **error)
{
  gboolean behind;

  return cfd_search_index_advance (connection, G_MAXINT32, &behind, error);
}

static gboolean
is_behind (CfdConnection *connection, const Index *index)
{
  return ask (connection, index->any, NULL) > 0 || ask (connection, index->indexed, NULL) != ask (connection, index->newest, NULL);
}

/**
 * cfd_search_index_is_behind:
 * Returns: whether the tables hold what the index does not.
 */
gboolean
cfd_search_index_is_behind (CfdConnection *connection)
{
  return is_behind (connection, &messages) || is_behind (connection, &visitors);
}

static gboolean
take_over (CfdConnection *connection, const Index *index, GError **error)
{
  gint64 by_itself = ask (connection, index->by_itself, error);

  return by_itself == 0 || (by_itself > 0 && cfd_connection_command (connection, index->take_over, error));
}

/**
 * cfd_search_index_take_over:
 * From now on, and as long as the database lives, the index is merged by cfd_search_index_tidy() alone.
 */
gboolean
cfd_search_index_take_over (CfdConnection *connection, GError **error)
{
  return take_over (connection, &messages, error) && take_over (connection, &visitors, error);
}

/**
 * cfd_search_index_tidy:
 * Merges some of what was indexed apart, if it is worth it: a fraction of a millisecond.
 */
gboolean
cfd_search_index_tidy (CfdConnection *connection, GError **error)
{
  return cfd_connection_command (connection, messages.merge, error) && cfd_connection_command (connection, visitors.merge, error);
}
