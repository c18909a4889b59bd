/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db-driver.h"

#include "protocol/error.h"
#include "search/tokenizer.h"
#include "sqlite-wal.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* "CfLw": tells our files from those of other programs (PRAGMA application_id). */
#define APPLICATION_ID 0x43664c77
/* Another process may hold the lock for one commit, or for a migration. */
#define BUSY_TIMEOUT_MS 5000
/* Writers wait for so long at most while the log is emptied. */
#define EMPTY_LOG_MS 100
#define MAX_STATEMENTS 256
#define HASHED_END 24
/* Small files are checked page by page at open; for larger ones that takes too long. */
#define FULL_CHECK_BYTES (32 * 1024 * 1024)
/* A WAL that a long reader has let grow is cut back to this. */
/* Of a new database. A message touches a page of each index that it is in, and what a commit costs is its pages: with 4096 a quarter fewer
 * messages are stored in a second; the database is 2 % smaller then, and no list faster. */
#define PAGE_BYTES "2048"
#define WAL_BYTES "67108864"
/* One step of a copy: a quarter of a megabyte. */
#define COPY_PAGES 64

struct _CfdDbHandle
{
  sqlite3 *db;
  char *where;
  GHashTable *statements; /* text (the statement's) -> CfdDbStatement */
  guint log_pages; /* after our last commit */
  gboolean damaged; /* a file could not be understood */
};

struct _CfdDbStatement
{
  CfdDbHandle *handle;
  sqlite3_stmt *stmt;
  char *sql;
  int *places; /* places[n - 1] is SQLite's index of "$n", 0 when the text has no such name */
  guint n_places;
  guint n_given, n_bound;
  gboolean cached, in_use;
};

/* What the person who runs the server should know and do. */
static const char *
advice (int code)
{
  switch (code & 0xff)
    {
    case SQLITE_FULL:
      return "the disk is full; free some space, writing then goes on by itself";
    case SQLITE_IOERR:
      return "the disk does not read or write; check its space, its quota and the system's log";
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return "it cannot be written; make the file and its folder belong to the user that runs chatflowd, on a disk mounted for writing";
    case SQLITE_CANTOPEN:
      return "it cannot be opened; check that file and folder exist and belong to the user that runs chatflowd";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "another program keeps it locked; stop that program (a backup, a database browser) or try again";
    case SQLITE_NOTADB:
      return "the file is no ChatFlow database; set the right path, or move the file away and put a backup in its place";
    case SQLITE_CORRUPT:
      return "the file is damaged; stop chatflowd, keep a copy of the file, then put a backup in its place or rescue "
             "what can be read with: sqlite3 FILE .recover";
    default:
      return NULL;
    }
}

static gboolean
is_conflict (int code)
{
  return code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY || code == SQLITE_CONSTRAINT_ROWID;
}

static void
set_error (CfdDbHandle *handle, int code, const char *doing, GError **error)
{
  const char *text = handle->db != NULL ? sqlite3_errmsg (handle->db) : sqlite3_errstr (code);

  handle->damaged |= (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB;
  if (advice (code) != NULL)
    g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "database %s: %s (%s)", handle->where, advice (code), text);
  else if (is_conflict (code))
    g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "%s", text);
  else
    g_set_error (error, CF_ERROR, CF_ERROR_INTERNAL, "database %s: %s, in: %s", handle->where, text, doing);
}

static void
statement_free (gpointer data)
{
  CfdDbStatement *statement = data;

  sqlite3_finalize (statement->stmt);
  g_free (statement->places);
  g_free (statement->sql);
  g_free (statement);
}

static gboolean
statement_is_idle (gpointer key, gpointer value, gpointer data)
{
  return !((CfdDbStatement *) value)->in_use;
}

static guint
number_of (sqlite3_stmt *stmt, int place)
{
  const char *name = sqlite3_bind_parameter_name (stmt, place);

  g_assert (name != NULL && name[0] == '$');
  return g_ascii_strtoull (name + 1, NULL, 10);
}

/* SQLite numbers "$n" by first appearance; we mean the number in the name. */
static void
map_places (CfdDbStatement *statement)
{
  int n = sqlite3_bind_parameter_count (statement->stmt);

  for (int i = 1; i <= n; i++)
    statement->n_places = MAX (statement->n_places, number_of (statement->stmt, i));
  statement->places = g_new0 (int, statement->n_places);
  for (int i = 1; i <= n; i++)
    statement->places[number_of (statement->stmt, i) - 1] = i;
}

static CfdDbStatement *
sqlite_prepare (CfdDbHandle *handle, const char *sql, GError **error)
{
  CfdDbStatement *statement = g_hash_table_lookup (handle->statements, sql);
  gboolean again = statement != NULL && statement->in_use;
  sqlite3_stmt *stmt;
  int code;

  if (statement != NULL && !again)
    {
      statement->in_use = TRUE;
      return statement;
    }
  code = sqlite3_prepare_v3 (handle->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL);
  if (code != SQLITE_OK)
    {
      set_error (handle, code, sql, error);
      return NULL;
    }
  statement = g_new0 (CfdDbStatement, 1);
  statement->handle = handle;
  statement->stmt = stmt;
  statement->sql = g_strdup (sql);
  statement->in_use = TRUE;
  statement->cached = !again; /* the same text inside its own loop: a second statement that lives until its release */
  map_places (statement);
  if (statement->cached)
    {
      if (g_hash_table_size (handle->statements) >= MAX_STATEMENTS)
        g_hash_table_foreach_remove (handle->statements, statement_is_idle, NULL);
      g_hash_table_insert (handle->statements, statement->sql, statement);
    }
  return statement;
}

static void
sqlite_bind (CfdDbStatement *statement, guint number, const CfSqlValue *value, gboolean lasts)
{
  int place = number >= 1 && number <= statement->n_places ? statement->places[number - 1] : 0;

  statement->n_given++;
  if (place == 0)
    return; /* step() says so */
  statement->n_bound++;
  switch (value->type)
    {
    case CF_SQL_NULL:
      sqlite3_bind_null (statement->stmt, place);
      break;
    case CF_SQL_INTEGER:
      sqlite3_bind_int64 (statement->stmt, place, value->integer);
      break;
    case CF_SQL_TEXT:
      sqlite3_bind_text (statement->stmt, place, value->text, -1, lasts ? SQLITE_STATIC : SQLITE_TRANSIENT);
      break;
    }
}

static CfdDbStep
sqlite_step (CfdDbStatement *statement, GError **error)
{
  guint expected = sqlite3_bind_parameter_count (statement->stmt);
  int code;

  if (statement->n_given != expected || statement->n_bound != expected)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INTERNAL, "got %u parameters, %u of them named in the text, expected %u, in: %s",
                   statement->n_given, statement->n_bound, expected, statement->sql);
      return CFD_DB_STEP_ERROR;
    }
  code = sqlite3_step (statement->stmt);
  if (code == SQLITE_ROW)
    return CFD_DB_STEP_ROW;
  if (code == SQLITE_DONE)
    return CFD_DB_STEP_DONE;
  set_error (statement->handle, code, statement->sql, error);
  return CFD_DB_STEP_ERROR;
}

static void
sqlite_column (CfdDbStatement *statement, guint number, CfSqlValue *out)
{
  *out = (CfSqlValue) CF_SQL_INIT;
  switch (sqlite3_column_type (statement->stmt, number))
    {
    case SQLITE_NULL:
      break;
    case SQLITE_INTEGER:
    case SQLITE_FLOAT:
      out->type = CF_SQL_INTEGER;
      out->integer = sqlite3_column_int64 (statement->stmt, number);
      break;
    default:
      out->type = CF_SQL_TEXT;
      out->text = (const char *) sqlite3_column_text (statement->stmt, number);
    }
}

static guint
sqlite_n_columns (CfdDbStatement *statement)
{
  return sqlite3_column_count (statement->stmt);
}

static void
sqlite_release (CfdDbStatement *statement)
{
  sqlite3_reset (statement->stmt);
  sqlite3_clear_bindings (statement->stmt);
  statement->n_given = 0;
  statement->n_bound = 0;
  statement->in_use = FALSE;
  if (!statement->cached)
    statement_free (statement);
}

/* Past white space and comments, so that an error is counted from the statement itself. */
static const char *
skip_blank (const char *sql)
{
  for (;;)
    {
      while (g_ascii_isspace (*sql))
        sql++;
      if (sql[0] == '-' && sql[1] == '-')
        sql += strcspn (sql, "\n");
      else
        return sql;
    }
}

static guint
line_of (const char *text, const char *at)
{
  guint line = 1;

  for (; text < at; text++)
    line += *text == '\n';
  return line;
}

static gboolean
sqlite_execute (CfdDbHandle *handle, const char *sql, GError **error)
{
  gboolean has_lines = strchr (sql, '\n') != NULL;
  const char *next;

  for (const char *at = skip_blank (sql); *at != '\0'; at = skip_blank (next))
    {
      sqlite3_stmt *stmt = NULL;
      int code = sqlite3_prepare_v2 (handle->db, at, -1, &stmt, &next);

      if (code == SQLITE_OK)
        {
          while (sqlite3_step (stmt) == SQLITE_ROW)
            ;
          code = sqlite3_finalize (stmt);
        }
      if (code != SQLITE_OK)
        {
          int offset = sqlite3_error_offset (handle->db);
          const char *where = at + MAX (offset, 0);

          set_error (handle, code, has_lines ? "several statements" : sql, error);
          if (has_lines)
            g_prefix_error (error, "line %u: ", line_of (sql, where));
          return FALSE;
        }
    }
  return TRUE;
}

/* The first column of the first row as a number; -1 with an error. */
static gint64
ask_number (CfdDbHandle *handle, const char *sql, GError **error)
{
  CfdDbStatement *statement = sqlite_prepare (handle, sql, error);
  gint64 number = -1;

  if (statement == NULL)
    return -1;
  if (sqlite_step (statement, error) == CFD_DB_STEP_ROW)
    number = sqlite3_column_int64 (statement->stmt, 0);
  sqlite_release (statement);
  return number;
}

/* The first column of the first row; NULL with an error. */
static char *
ask_text (CfdDbHandle *handle, const char *sql, GError **error)
{
  CfdDbStatement *statement = sqlite_prepare (handle, sql, error);
  char *text = NULL;

  if (statement == NULL)
    return NULL;
  if (sqlite_step (statement, error) == CFD_DB_STEP_ROW)
    text = g_strdup ((const char *) sqlite3_column_text (statement->stmt, 0));
  sqlite_release (statement);
  return text;
}

/* Never opens a file that exists: closing it again would drop the locks that this process holds on it. */
static gboolean
create_file (const char *where, GError **error)
{
  int fd = open (where, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);

  if (fd >= 0)
    close (fd);
  else if (errno != EEXIST)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE,
                   "database %s: cannot be created (%s); its folder must exist, have space, and belong to the user that runs chatflowd",
                   where, g_strerror (errno));
      return FALSE;
    }
  return TRUE;
}

/* Reads the header and the whole schema, which fails for what is no database or cut short. */
static gboolean
check_owner (CfdDbHandle *handle, gboolean read_only, GError **error)
{
  /* in this order: another process may be making the database, and it marks the file before it makes tables */
  gint64 n_tables = ask_number (handle, "SELECT count(*) FROM sqlite_master", error);
  gint64 id = n_tables != -1 ? ask_number (handle, "PRAGMA application_id", error) : -1;

  if (id == -1)
    return FALSE;
  if (id == APPLICATION_ID)
    return TRUE;
  if (id != 0 || n_tables > 0)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "database %s: belongs to another program; set another path", handle->where);
      return FALSE;
    }
  if (read_only)
    return TRUE;
  return sqlite_execute (handle, "PRAGMA application_id = " G_STRINGIFY (APPLICATION_ID), error);
}

static gboolean
check_pages (CfdDbHandle *handle, GError **error)
{
  gint64 bytes = ask_number (handle, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", error);
  g_autofree char *verdict = NULL;

  if (bytes == -1)
    return FALSE;
  if (bytes > FULL_CHECK_BYTES)
    return TRUE;
  verdict = ask_text (handle, "PRAGMA quick_check(1)", error);
  if (verdict == NULL)
    return FALSE;
  if (strcmp (verdict, "ok") == 0)
    return TRUE;
  g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "database %s: %s (%s)", handle->where, advice (SQLITE_CORRUPT), verdict);
  return FALSE;
}

/* SQLite does not wait for the lock of this one change (two programs that start at once), so we do. */
static gboolean
set_wal (CfdDbHandle *handle, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + BUSY_TIMEOUT_MS * 1000;
  g_autofree char *mode = ask_text (handle, "PRAGMA journal_mode = WAL", NULL);

  while (mode == NULL && (sqlite3_errcode (handle->db) & 0xff) == SQLITE_BUSY && g_get_monotonic_time () < deadline)
    {
      g_usleep (5000);
      mode = ask_text (handle, "PRAGMA journal_mode = WAL", NULL);
    }
  if (mode == NULL)
    set_error (handle, sqlite3_errcode (handle->db), "PRAGMA journal_mode = WAL", error);
  else if (strcmp (mode, "wal") != 0)
    g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE,
                 "database %s: got journal mode %s, expected wal; put the file on a local disk (no network share)", handle->where, mode);
  else
    return TRUE;
  return FALSE;
}

/* Our words for its full-text index: tokenize = 'words'. */
static gboolean
add_words (CfdDbHandle *handle, GError **error)
{
  if (cf_search_add_tokenizer (handle->db))
    return TRUE;
  g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE,
               "this SQLite (%s) has no full-text search (FTS5); install one that was built with it", sqlite3_libversion ());
  return FALSE;
}

static int
note_log (void *handle, sqlite3 *db, const char *name, int pages)
{
  ((CfdDbHandle *) handle)->log_pages = pages;
  return SQLITE_OK;
}

static gboolean
configure (CfdDbHandle *handle, gboolean read_only, GError **error)
{
  sqlite3_extended_result_codes (handle->db, 1);
  sqlite3_busy_timeout (handle->db, BUSY_TIMEOUT_MS);
  if (!add_words (handle, error))
    return FALSE;
  if (!read_only && sqlite3_db_readonly (handle->db, "main") != 0)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "database %s: %s", handle->where, advice (SQLITE_READONLY));
      return FALSE;
    }
  if (!sqlite_execute (handle, "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
                               "PRAGMA page_size = " PAGE_BYTES "; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
                               "PRAGMA journal_size_limit = " WAL_BYTES, error)
      || !check_owner (handle, TRUE, error))
    return FALSE;
  if (read_only)
    return TRUE;
  cfd_sqlite_wal_watch (handle->db);
  sqlite3_wal_hook (handle->db, note_log, handle); /* instead of SQLite's own checkpoints, for which a commit waits */
  return set_wal (handle, error) && check_owner (handle, FALSE, error) && check_pages (handle, error);
}

/* What undoes a statement or a call stays in memory from now on; what a migration sorts would not fit there. Room for the pages that a
 * hundred people who write at once touch over and over; a small server never fills it. */
static gboolean
sqlite_ready (CfdDbHandle *handle, GError **error)
{
  return sqlite_execute (handle, "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000", error);
}

static void
sqlite_close (CfdDbHandle *handle)
{
  g_hash_table_unref (handle->statements);
  sqlite3_close (handle->db);
  g_free (handle->where);
  g_free (handle);
}

/* The texts are long and few, and differ in their length or their end: a hash of all of it would cost more than what it finds. */
static guint
hash_text (gconstpointer text)
{
  gsize length = strlen (text);
  const char *end = (const char *) text + length;

  return g_str_hash (length > HASHED_END ? end - HASHED_END : text) ^ length;
}

static CfdDbHandle *
handle_new (const char *where)
{
  CfdDbHandle *handle = g_new0 (CfdDbHandle, 1);

  handle->where = g_strdup (where);
  handle->statements = g_hash_table_new_full (hash_text, g_str_equal, NULL, statement_free);
  return handle;
}

/* Who closes last removes the log. SQLite does so too when it could not open the log's index, once for writing, and so saw an empty log:
 * what had been committed would be gone. Until the log was read it has to stay. */
static void
keep_log (CfdDbHandle *handle, gboolean keep)
{
  int on = keep;

  (void) sqlite3_file_control (handle->db, "main", SQLITE_FCNTL_PERSIST_WAL, &on);
}

static CfdDbHandle *
sqlite_open (const char *where, gboolean read_only, gboolean create, GError **error)
{
  static gsize set_up;
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI | (read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
  CfdDbHandle *handle;
  int code;

  if (create && !read_only && !create_file (where, error))
    return NULL;
  if (g_once_init_enter (&set_up))
    {
      sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0); /* counts that nobody reads, under a lock that all threads share */
      g_once_init_leave (&set_up, 1);
    }
  handle = handle_new (where);
  code = sqlite3_open_v2 (where, &handle->db, flags, read_only ? NULL : cfd_sqlite_wal_file_system ());
  if (code == SQLITE_OK)
    keep_log (handle, TRUE);
  if (code != SQLITE_OK)
    set_error (handle, code, "open", error);
  else if (configure (handle, read_only, error))
    {
      keep_log (handle, FALSE);
      return handle;
    }
  sqlite_close (handle);
  return NULL;
}

/* With "mode=ro" also when the handle may write. */
static gboolean
sqlite_attach (CfdDbHandle *handle, const char *where, const char *as, GError **error)
{
  g_autofree char *path = g_canonicalize_filename (where, NULL), *uri = g_filename_to_uri (path, NULL, error), *reading = NULL;
  g_autofree char *sql = g_strdup_printf ("ATTACH $1 AS %s", as);
  CfdDbStatement *statement = uri != NULL ? sqlite_prepare (handle, sql, error) : NULL;
  CfSqlValue value = { .type = CF_SQL_TEXT };
  CfdDbStep step;

  if (statement == NULL)
    return FALSE;
  value.text = reading = g_strconcat (uri, "?mode=ro", NULL);
  sqlite_bind (statement, 1, &value, TRUE);
  step = sqlite_step (statement, error);
  sqlite_release (statement);
  return step == CFD_DB_STEP_DONE;
}

static gboolean
sqlite_was_damaged (CfdDbHandle *handle)
{
  gboolean damaged = handle->damaged;

  handle->damaged = FALSE;
  return damaged;
}

static guint
sqlite_log_pages (CfdDbHandle *handle)
{
  return handle->log_pages;
}

static void
sqlite_set_lazy (CfdDbHandle *handle, gboolean lazy)
{
  cfd_sqlite_wal_set_lazy (handle->db, lazy);
}

static void
sqlite_checkpoint (CfdDbHandle *handle)
{
  sqlite3_wal_checkpoint_v2 (handle->db, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}

/* First what needs no lock. The rest is a moment, for which writers wait; who reads for longer is not waited for. */
static gboolean
sqlite_empty_log (CfdDbHandle *handle)
{
  int code;

  sqlite_checkpoint (handle);
  sqlite3_busy_timeout (handle->db, EMPTY_LOG_MS);
  code = sqlite3_wal_checkpoint_v2 (handle->db, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
  sqlite3_busy_timeout (handle->db, BUSY_TIMEOUT_MS);
  return code == SQLITE_OK;
}

static guint
sqlite_changed (CfdDbHandle *handle)
{
  return sqlite3_changes (handle->db);
}

static gboolean
sqlite_in_transaction (CfdDbHandle *handle)
{
  return !sqlite3_get_autocommit (handle->db);
}

static gint64
sqlite_foreign_commits (CfdDbHandle *handle)
{
  return ask_number (handle, "PRAGMA data_version", NULL);
}

/* 32 bits of the file's header, there for such use. */
static gint64
sqlite_get_stamp (CfdDbHandle *handle, GError **error)
{
  g_autoptr (GError) problem = NULL;
  gint64 stamp = ask_number (handle, "PRAGMA user_version", &problem);

  if (problem == NULL)
    return (guint32) stamp;
  g_propagate_error (error, g_steal_pointer (&problem));
  return -1;
}

static gboolean
sqlite_set_stamp (CfdDbHandle *handle, gint64 stamp, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = %d", (gint32) stamp);

  return sqlite_execute (handle, sql, error);
}

static gboolean
run_copy (CfdDbHandle *from, CfdDbHandle *to, CfdDbCopied copied, gpointer data, GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (to->db, "main", from->db, "main");
  int code, last;

  if (backup == NULL)
    {
      set_error (to, sqlite3_errcode (to->db), "copy", error);
      return FALSE;
    }
  while ((code = sqlite3_backup_step (backup, COPY_PAGES)) == SQLITE_OK)
    copied (sqlite3_backup_pagecount (backup) - sqlite3_backup_remaining (backup), sqlite3_backup_pagecount (backup), data);
  last = sqlite3_backup_finish (backup);
  if (code == SQLITE_DONE && last == SQLITE_OK)
    return TRUE;
  set_error (to, code == SQLITE_DONE ? last : code, "copy", error);
  return FALSE;
}

/* Page by page, so that row numbers stay what indexes of their own (full text) say; VACUUM INTO would give new ones. The
 * transaction of @handle keeps writers from starting the copy anew. A copy that is cut off is thrown away: no journal. */
static gboolean
sqlite_copy (CfdDbHandle *handle, const char *to, CfdDbCopied copied, gpointer data, GError **error)
{
  CfdDbHandle *copy = handle_new (to);
  int code = sqlite3_open_v2 (to, &copy->db, SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE, NULL);
  gboolean ok;

  if (code != SQLITE_OK)
    {
      set_error (copy, code, "open", error);
      ok = FALSE;
    }
  else
    ok = sqlite_execute (copy, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", error)
         && run_copy (handle, copy, copied, data, error);
  sqlite_close (copy);
  return ok;
}

static CfdDbHandle *
sqlite_open_copy (const char *where, GError **error)
{
  g_autofree char *path = g_canonicalize_filename (where, NULL), *uri = g_filename_to_uri (path, NULL, error), *immutable = NULL;
  CfdDbHandle *handle;
  int code;

  if (uri == NULL)
    return NULL;
  immutable = g_strconcat (uri, "?immutable=1", NULL);
  handle = handle_new (where);
  code = sqlite3_open_v2 (immutable, &handle->db, SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL);
  if (code != SQLITE_OK)
    set_error (handle, code, "open", error);
  else if (sqlite_execute (handle, "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON", error) && check_owner (handle, TRUE, error))
    return handle;
  sqlite_close (handle);
  return NULL;
}

static gboolean
sqlite_check (CfdDbHandle *handle, GError **error)
{
  g_autofree char *verdict = ask_text (handle, "PRAGMA integrity_check(1)", error);

  if (verdict != NULL && strcmp (verdict, "ok") != 0)
    g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "database %s: the file is damaged (%s)", handle->where, verdict);
  return verdict != NULL && strcmp (verdict, "ok") == 0;
}

const CfdDbDriver cfd_sqlite_driver = {
  .name = "sqlite",
  .begin = "BEGIN IMMEDIATE",
  .open = sqlite_open,
  .close = sqlite_close,
  .ready = sqlite_ready,
  .attach = sqlite_attach,
  .was_damaged = sqlite_was_damaged,
  .execute = sqlite_execute,
  .prepare = sqlite_prepare,
  .bind = sqlite_bind,
  .step = sqlite_step,
  .column = sqlite_column,
  .n_columns = sqlite_n_columns,
  .release = sqlite_release,
  .changed = sqlite_changed,
  .in_transaction = sqlite_in_transaction,
  .log_pages = sqlite_log_pages,
  .checkpoint = sqlite_checkpoint,
  .empty_log = sqlite_empty_log,
  .set_lazy = sqlite_set_lazy,
  .foreign_commits = sqlite_foreign_commits,
  .get_stamp = sqlite_get_stamp,
  .set_stamp = sqlite_set_stamp,
  .copy = sqlite_copy,
  .open_copy = sqlite_open_copy,
  .check = sqlite_check,
};
