/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search-index.h"

#include <glib/gstdio.h>

/* Changes with what is in the file or how words are told apart: a file of another version is made anew. */
#define VERSION 2
/* The pages of the file are brought over from its log when the log has so many. */
#define LOG_PAGES 2000
/* Of the full-text index (4 KB): what is rewritten in one transaction when words are to be forgotten. */
#define FORGOTTEN_PAGES 256
/* The name of the database on the index's connection. */
#define SOURCE "source"

/* "scope" narrows: the organisation, then the first letter of who wrote it; of what is said among the team, the channel, then who may read it. The texts are kept: what a row no longer says can be taken out of
 * the index only by who knows what it said. */
#define MAKE \
  "CREATE TABLE origin (version INTEGER NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, id TEXT);" \
  "CREATE TABLE followed (organisation_id TEXT NOT NULL PRIMARY KEY, rev INTEGER NOT NULL) WITHOUT ROWID;" \
  "CREATE VIRTUAL TABLE message_search USING fts5 (scope, text, columnsize = 0, prefix = '2 3', tokenize = 'words');" \
  "CREATE VIRTUAL TABLE visitor_search USING fts5 (scope, name, email, columnsize = 0, prefix = '2 3', tokenize = 'words');" \
  "CREATE VIRTUAL TABLE team_message_search USING fts5 (scope, text, columnsize = 0, prefix = '2 3', tokenize = 'words');"

/* It belongs to this database as it is now when it is of its epoch, knows no revision that is still to come, when the message that was
 * the newest then is the one with that number, and when it can be read. */
#define IS_OURS \
  "SELECT version = $1 AND epoch = $2" \
  " AND (id IS NULL OR id IS (SELECT m.id FROM " SOURCE ".message m WHERE m.seq = origin.seq))" \
  " AND NOT EXISTS (SELECT 1 FROM followed WHERE rev > coalesce ((SELECT c.rev FROM " SOURCE ".counter c" \
  " WHERE c.organisation_id = followed.organisation_id), -1))" \
  " AND (SELECT count (*) FROM (SELECT rowid FROM message_search LIMIT 1)) + (SELECT count (*) FROM (SELECT rowid FROM visitor_search LIMIT 1))" \
  " + (SELECT count (*) FROM (SELECT rowid FROM team_message_search LIMIT 1)) >= 0" \
  " FROM origin"

/* An organisation with changes that the index has not seen. */
#define NEXT \
  "SELECT c.organisation_id, coalesce (f.rev, 0), c.rev FROM " SOURCE ".counter c LEFT JOIN followed f ON f.organisation_id = c.organisation_id" \
  " WHERE c.rev > coalesce (f.rev, 0) LIMIT 1"
#define NOTE_ORGANISATION \
  "INSERT INTO followed (organisation_id, rev) VALUES ($1, $2) ON CONFLICT (organisation_id) DO UPDATE SET rev = excluded.rev"
#define NOTE_NEWEST \
  "UPDATE origin SET (seq, id) = (SELECT m.seq, m.id FROM " SOURCE ".message m WHERE m.seq = (SELECT max (seq) FROM " SOURCE ".message))" \
  " WHERE EXISTS (SELECT 1 FROM " SOURCE ".message)"

/* The changes of organisation $1 with a revision in ($2, $3]. What is numbered above $4 cannot be in the index yet. */
#define CHANGES(record) "FROM " SOURCE "." record " m WHERE m.organisation_id = $1 AND m.rev > $2 AND m.rev <= $3"
#define CHANGES_TWICE(record, table) \
  "FROM " SOURCE "." record " m CROSS JOIN " table " old ON old.rowid = m.seq WHERE m.organisation_id = $1 AND m.rev > $2 AND m.rev <= $3 AND m.seq <= $4"
#define FAR(record) "SELECT m.rev FROM " SOURCE "." record " m WHERE m.organisation_id = $1 AND m.rev > $2 AND m.rev <= $3 ORDER BY m.rev LIMIT 1 OFFSET $4"
#define LAST(table) "SELECT coalesce (max (rowid), 0) FROM " table
#define ANY_OLD(record) "SELECT EXISTS (SELECT 1 " CHANGES (record) " AND m.seq <= $4)"
#define IS_NOT_IN(table) "NOT EXISTS (SELECT 1 FROM " table " old WHERE old.rowid = m.seq)"

#define MESSAGE_SCOPE "replace (m.organisation_id, '-', '') || ' ' || substr (m.author_kind, 1, 1)"
#define MESSAGE_SPEAKS "(m.deleted = 0 AND m.kind <> 'event' AND m.text IS NOT NULL)"
#define ADD_MESSAGES "INSERT INTO message_search (rowid, scope, text) SELECT m.seq, " MESSAGE_SCOPE ", m.text " CHANGES ("message") " AND " MESSAGE_SPEAKS
#define VISITOR_SCOPE "replace (m.organisation_id, '-', '')"
#define VISITOR_SPEAKS "(m.deleted = 0 AND coalesce (m.name, m.email) IS NOT NULL)"
#define ADD_VISITORS \
  "INSERT INTO visitor_search (rowid, scope, name, email) SELECT m.seq, " VISITOR_SCOPE ", m.name, m.email " CHANGES ("visitor") " AND " VISITOR_SPEAKS

/* The ids of its readers are in "members" as JSON. A channel that is gone has taken its messages with it: no change of theirs says so. */
#define TEAM_SCOPE "replace (m.conversation_id || ' ' || coalesce (m.members, ''), '-', '')"
#define TEAM_SPEAKS "(m.deleted = 0 AND m.text IS NOT NULL)"
#define ADD_TEAM_MESSAGES \
  "INSERT INTO team_message_search (rowid, scope, text) SELECT m.seq, " TEAM_SCOPE ", m.text " CHANGES ("team_message") " AND " TEAM_SPEAKS
#define CHANNELS_GONE CHANGES ("channel") " AND m.deleted = 1"

/**
 * Index:
 * The statements of one index, in the order in which they run.
 */
typedef struct
{
  const char *far;      /* the revision of the $4th change */
  const char *last;     /* the highest number in it */
  const char *any_old;  /* whether any change is of what it may know */
  const char *take_out; /* what is no longer said so */
  const char *put_back; /* what is said instead */
  const char *add;
  const char *check;    /* fails when it is not whole */
  const char *forget;   /* drops words that were taken out: $1 pages at a time, below zero to begin */
} Index;

static const Index indexes[] = {
  {
    FAR ("message"),
    LAST ("message_search_content"),
    ANY_OLD ("message"),
    "DELETE FROM message_search WHERE rowid IN (SELECT m.seq " CHANGES_TWICE ("message", "message_search")
    " AND (" MESSAGE_SPEAKS " IS NOT TRUE OR old.text IS NOT m.text OR old.scope IS NOT " MESSAGE_SCOPE "))",
    ADD_MESSAGES " AND m.seq <= $4 AND " IS_NOT_IN ("message_search"),
    ADD_MESSAGES " AND m.seq > $4",
    "INSERT INTO message_search (message_search) VALUES ('integrity-check')",
    "INSERT INTO message_search (message_search, rank) VALUES ('merge', $1)",
  },
  {
    FAR ("visitor"),
    LAST ("visitor_search_content"),
    ANY_OLD ("visitor"),
    "DELETE FROM visitor_search WHERE rowid IN (SELECT m.seq " CHANGES_TWICE ("visitor", "visitor_search")
    " AND (" VISITOR_SPEAKS " IS NOT TRUE OR old.name IS NOT m.name OR old.email IS NOT m.email OR old.scope IS NOT " VISITOR_SCOPE "))",
    ADD_VISITORS " AND m.seq <= $4 AND " IS_NOT_IN ("visitor_search"),
    ADD_VISITORS " AND m.seq > $4",
    "INSERT INTO visitor_search (visitor_search) VALUES ('integrity-check')",
    "INSERT INTO visitor_search (visitor_search, rank) VALUES ('merge', $1)",
  },
  {
    FAR ("team_message"),
    LAST ("team_message_search_content"),
    "SELECT EXISTS (SELECT 1 " CHANGES ("team_message") " AND m.seq <= $4) OR EXISTS (SELECT 1 " CHANNELS_GONE ")",
    "DELETE FROM team_message_search WHERE rowid IN (SELECT m.seq " CHANGES_TWICE ("team_message", "team_message_search")
    " AND (" TEAM_SPEAKS " IS NOT TRUE OR old.text IS NOT m.text OR old.scope IS NOT " TEAM_SCOPE ")"
    " UNION ALL SELECT old.rowid FROM (SELECT replace (m.id, '-', '') AS word " CHANNELS_GONE ") gone"
    " CROSS JOIN team_message_search old WHERE old.team_message_search MATCH 'scope : ' || gone.word)",
    ADD_TEAM_MESSAGES " AND m.seq <= $4 AND " IS_NOT_IN ("team_message_search"),
    ADD_TEAM_MESSAGES " AND m.seq > $4",
    "INSERT INTO team_message_search (team_message_search) VALUES ('integrity-check')",
    "INSERT INTO team_message_search (team_message_search, rank) VALUES ('merge', $1)",
  },
};

/* What one turn brings over. */
typedef struct
{
  char *organisation_id;
  gint64 from, to; /* revisions: (from, to] */
} Span;

static void
span_clear (Span *span)
{
  g_free (span->organisation_id);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Span, span_clear)

/* Returns: (nullable): the statement with @types ('t' const char *, 'i' gint64) bound, to be released. */
static CfdDbStatement *
prepare (CfdConnection *index, GError **error, const char *sql, const char *types, va_list values)
{
  CfdDbStatement *statement = index->driver->prepare (index->handle, sql, error);

  for (guint i = 0; statement != NULL && types[i] != '\0'; i++)
    {
      CfSqlValue value = CF_SQL_INIT;

      if (types[i] == 't')
        {
          value.type = CF_SQL_TEXT;
          value.text = va_arg (values, const char *);
        }
      else
        {
          value.type = CF_SQL_INTEGER;
          value.integer = va_arg (values, gint64);
        }
      index->driver->bind (statement, i + 1, &value, TRUE);
    }
  return statement;
}

/* The first column of the first row as a number; @otherwise when there is none; -1 with an error. */
static gint64
ask (CfdConnection *index, GError **error, gint64 otherwise, const char *sql, const char *types, ...)
{
  CfSqlValue value = { .type = CF_SQL_INTEGER, .integer = otherwise };
  CfdDbStatement *statement;
  CfdDbStep step;
  va_list values;

  va_start (values, types);
  statement = prepare (index, error, sql, types, values);
  va_end (values);
  if (statement == NULL)
    return -1;
  step = index->driver->step (statement, error);
  if (step == CFD_DB_STEP_ROW)
    index->driver->column (statement, 0, &value);
  index->driver->release (statement);
  return step == CFD_DB_STEP_ERROR ? -1 : value.integer;
}

static gboolean
run (CfdConnection *index, GError **error, const char *sql, const char *types, ...)
{
  CfdDbStatement *statement;
  CfdDbStep step;
  va_list values;

  va_start (values, types);
  statement = prepare (index, error, sql, types, values);
  va_end (values);
  if (statement == NULL)
    return FALSE;
  step = index->driver->step (statement, error);
  index->driver->release (statement);
  return step == CFD_DB_STEP_DONE;
}

/* Returns: FALSE with an error; @span has no organisation when all is indexed. */
static gboolean
find_span (CfdConnection *index, Span *span, GError **error)
{
  CfdDbStatement *statement = index->driver->prepare (index->handle, NEXT, error);
  CfSqlValue organisation = CF_SQL_INIT, from = CF_SQL_INIT, to = CF_SQL_INIT;
  CfdDbStep step;

  if (statement == NULL)
    return FALSE;
  step = index->driver->step (statement, error);
  if (step == CFD_DB_STEP_ROW)
    {
      index->driver->column (statement, 0, &organisation);
      index->driver->column (statement, 1, &from);
      index->driver->column (statement, 2, &to);
      *span = (Span) { g_strdup (organisation.text), from.integer, to.integer };
    }
  index->driver->release (statement);
  return step != CFD_DB_STEP_ERROR;
}

/* Not more than @at_most of each kind, but all of a revision. */
static gboolean
shorten (CfdConnection *index, Span *span, gint64 at_most, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (indexes); i++)
    {
      gint64 far = ask (index, error, span->to, indexes[i].far, "tiii", span->organisation_id, span->from, span->to, at_most - 1);

      if (far < 0)
        return FALSE;
      span->to = MIN (span->to, far);
    }
  return TRUE;
}

static gboolean
bring_over (CfdConnection *index, const Index *of, const Span *span, GError **error)
{
  gint64 last = ask (index, error, 0, of->last, "");
  gint64 any_old = last >= 0 ? ask (index, error, 0, of->any_old, "tiii", span->organisation_id, span->from, span->to, last) : -1;

  if (any_old < 0)
    return FALSE;
  if (any_old > 0
      && (!run (index, error, of->take_out, "tiii", span->organisation_id, span->from, span->to, last)
          || !run (index, error, of->put_back, "tiii", span->organisation_id, span->from, span->to, last)))
    return FALSE;
  return run (index, error, of->add, "tiii", span->organisation_id, span->from, span->to, last);
}

/* Within a transaction. @behind: (out): there was something, so there may be more. */
static gboolean
advance (CfdConnection *index, gint64 at_most, gboolean *behind, GError **error)
{
  g_auto (Span) span = { NULL };

  if (!find_span (index, &span, error))
    return FALSE;
  *behind = span.organisation_id != NULL;
  if (!*behind)
    return TRUE;
  if (!shorten (index, &span, at_most, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (indexes); i++)
    if (!bring_over (index, &indexes[i], &span, error))
      return FALSE;
  return run (index, error, NOTE_ORGANISATION, "ti", span.organisation_id, span.to) && run (index, error, NOTE_NEWEST, "");
}

static void
roll_back (CfdConnection *index)
{
  if (index->driver->in_transaction (index->handle))
    cfd_connection_command (index, "ROLLBACK", NULL);
}

static void
set_lazy (CfdConnection *index, gboolean lazy)
{
  if (index->driver->set_lazy != NULL)
    index->driver->set_lazy (index->handle, lazy);
}

/* What goes into the file itself is on the disk in its log before. */
static void
keep_log_short (CfdConnection *index)
{
  const CfdDbDriver *driver = index->driver;

  if (driver->checkpoint != NULL && driver->log_pages (index->handle) >= LOG_PAGES)
    driver->checkpoint (index->handle);
}

/**
 * cfd_search_index_advance:
 * @at_most: how many changes of a kind are brought over, roughly
 * @behind: (out): whether there may be more
 *
 * Brings the index nearer to what the database says, in one transaction for which nobody waits for the disk.
 */
gboolean
cfd_search_index_advance (CfdConnection *index, gint64 at_most, gboolean *behind, GError **error)
{
  gboolean ok;

  set_lazy (index, TRUE);
  ok = cfd_connection_command (index, index->driver->begin, error) && advance (index, at_most, behind, error)
       && cfd_connection_command (index, "COMMIT", error);
  set_lazy (index, FALSE);
  if (ok)
    keep_log_short (index);
  else
    roll_back (index);
  return ok;
}

static gboolean
forget (CfdConnection *index, gboolean begin, gboolean *more, GError **error)
{
  *more = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (indexes); i++)
    {
      gint64 before = ask (index, error, 0, "SELECT total_changes()", ""), after;

      if (before < 0 || !run (index, error, indexes[i].forget, "i", (gint64) (begin ? -FORGOTTEN_PAGES : FORGOTTEN_PAGES)))
        return FALSE;
      after = ask (index, error, 0, "SELECT total_changes()", "");
      if (after < 0)
        return FALSE;
      *more |= after - before >= 2; /* https://www.sqlite.org/fts5.html#the_merge_command */
    }
  return TRUE;
}

/**
 * cfd_search_index_forget:
 * @begin: whether this is the first of several calls
 * @more: (out): whether it has to be called again
 *
 * What is taken out of a full-text index is only marked as gone: the words stay in it until what it is made of is written anew. A part of that,
 * in one transaction for which nobody waits for the disk. This SQLite (3.40) can't do it at once with each change, as later ones do ('secure-delete').
 */
gboolean
cfd_search_index_forget (CfdConnection *index, gboolean begin, gboolean *more, GError **error)
{
  gboolean ok;

  set_lazy (index, TRUE);
  ok = cfd_connection_command (index, index->driver->begin, error) && forget (index, begin, more, error)
       && cfd_connection_command (index, "COMMIT", error);
  set_lazy (index, FALSE);
  if (ok)
    keep_log_short (index);
  else
    roll_back (index);
  return ok;
}

/**
 * cfd_search_index_empty_log:
 * Returns: whether nothing is left in the log of the index; FALSE while somebody searches, to be tried again.
 */
gboolean
cfd_search_index_empty_log (CfdConnection *index)
{
  return index->driver->empty_log == NULL || index->driver->empty_log (index->handle);
}

/**
 * cfd_search_index_path:
 * Returns: (transfer full): the file that belongs to @database.
 */
char *
cfd_search_index_path (const char *database)
{
  return g_strconcat (database, "-search", NULL);
}

/**
 * cfd_search_index_remove:
 * Nobody may write it; who reads it goes on with what they have open.
 */
void
cfd_search_index_remove (const char *database)
{
  static const char *const parts[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *path = g_strconcat (database, "-search", parts[i], NULL);

      g_unlink (path);
    }
}

static CfdConnection *
open_file (const CfdDbDriver *driver, const char *database, GError **error)
{
  g_autofree char *path = cfd_search_index_path (database);
  g_autoptr (CfdConnection) index = cfd_connection_open (driver, path, FALSE, TRUE, error);

  if (index == NULL || !driver->attach (index->handle, database, SOURCE, error)
      || !driver->execute (index->handle, "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -1000; PRAGMA " SOURCE ".cache_size = -500", error))
    return NULL;
  return g_steal_pointer (&index);
}

/* Returns: when the database was last restored, in its own measure; -1 with an error. */
static gint64
get_epoch (CfdConnection *index, GError **error)
{
  g_autoptr (GError) problem = NULL;
  gint64 stamp = ask (index, &problem, 0, "PRAGMA " SOURCE ".user_version", "");

  if (problem == NULL)
    return (guint32) stamp;
  g_propagate_error (error, g_steal_pointer (&problem));
  return -1;
}

static gboolean
is_ours (CfdConnection *index)
{
  gint64 epoch = get_epoch (index, NULL);

  return epoch >= 0 && ask (index, NULL, 0, IS_OURS, "ii", (gint64) VERSION, epoch) == 1;
}

static CfdConnection *
make_anew (const CfdDbDriver *driver, const char *database, GError **error)
{
  g_autoptr (CfdConnection) index = NULL;
  gint64 epoch;

  cfd_search_index_remove (database);
  index = open_file (driver, database, error);
  epoch = index != NULL ? get_epoch (index, error) : -1;
  if (epoch < 0 || !cfd_connection_command (index, driver->begin, error))
    return NULL;
  if (driver->execute (index->handle, MAKE, error)
      && run (index, error, "INSERT INTO origin (version, epoch, seq) VALUES ($1, $2, 0)", "ii", (gint64) VERSION, epoch)
      && cfd_connection_command (index, "COMMIT", error))
    return g_steal_pointer (&index);
  roll_back (index);
  return NULL;
}

/**
 * cfd_search_index_open:
 * @database: which exists and is at this program's version
 *
 * Opens the index of the database for writing. One that is not there, damaged, or of another state of the database is made anew, empty.
 *
 * Returns: (transfer full): its connection; NULL with an error
 */
CfdConnection *
cfd_search_index_open (const CfdDbDriver *driver, const char *database, GError **error)
{
  g_autofree char *path = cfd_search_index_path (database);
  g_autoptr (CfdConnection) index = g_file_test (path, G_FILE_TEST_EXISTS) ? open_file (driver, database, NULL) : NULL;

  if (index != NULL && is_ours (index))
    return g_steal_pointer (&index);
  g_clear_pointer (&index, cfd_connection_free);
  return make_anew (driver, database, error);
}

/**
 * cfd_search_index_is_whole:
 * Looks at every page and word: for when there is reason to doubt.
 */
gboolean
cfd_search_index_is_whole (CfdConnection *index)
{
  gboolean whole = index->driver->check == NULL || index->driver->check (index->handle, NULL);

  for (guint i = 0; whole && i < G_N_ELEMENTS (indexes); i++)
    whole = cfd_connection_command (index, indexes[i].check, NULL);
  return whole;
}

void
cfd_search_index_detach (CfdConnection *reading)
{
  cfd_connection_command (reading, "DETACH search", NULL);
}

/**
 * cfd_search_index_attach:
 * Makes the index known to a connection to the database that only reads; not within a transaction.
 */
gboolean
cfd_search_index_attach (CfdConnection *reading, const char *database, GError **error)
{
  g_autofree char *path = cfd_search_index_path (database);

  if (!reading->driver->attach (reading->handle, path, "search", error))
    return FALSE;
  if (cfd_connection_command (reading, "SELECT version FROM search.origin", error))
    return TRUE;
  cfd_search_index_detach (reading); /* with it no other statement would be understood either */
  return FALSE;
}
