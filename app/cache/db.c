/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db.h"

#include "search/tokenizer.h"

#include <stdarg.h>

/* Steps of SQLite's machine, some ten microseconds, after which a statement asks whether it is still wanted. */
#define HEED_STEPS 2000

struct _CfaDb
{
  sqlite3 *handle;
  GHashTable *statements; /* SQL text -> sqlite3_stmt */
};

G_DEFINE_QUARK (cfa-cache-error-quark, cfa_cache_error)

/* SQLite knows one cause of a full disk; a quota or a limit on file sizes reach it as a write that failed. */
static gboolean
is_full (CfaDb *self)
{
  return (sqlite3_errcode (self->handle) & 0xff) == SQLITE_FULL || sqlite3_extended_errcode (self->handle) == SQLITE_IOERR_WRITE;
}

static CfaCacheError
error_code (CfaDb *self)
{
  if (is_full (self))
    return CFA_CACHE_ERROR_FULL;
  switch (sqlite3_errcode (self->handle) & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return CFA_CACHE_ERROR_CORRUPT;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return CFA_CACHE_ERROR_BUSY;
    default:
      return CFA_CACHE_ERROR_FAILED;
    }
}

static void
finalize (gpointer statement)
{
  sqlite3_finalize (statement);
}

/* 't' a string (nullable), 'i' a gint64, 'b' a gboolean; the n-th letter is parameter ?n */
static void
bind (sqlite3_stmt *statement, const char *format, va_list arguments)
{
  const char *text;

  for (int i = 0; format[i] != '\0'; i++)
    switch (format[i])
      {
      case 't':
        text = va_arg (arguments, const char *);
        if (text != NULL)
          sqlite3_bind_text (statement, i + 1, text, -1, SQLITE_TRANSIENT);
        break;
      case 'i':
        sqlite3_bind_int64 (statement, i + 1, va_arg (arguments, gint64));
        break;
      case 'b':
        sqlite3_bind_int (statement, i + 1, va_arg (arguments, gboolean) ? 1 : 0);
        break;
      default:
        g_assert_not_reached ();
      }
}

static sqlite3_stmt *
prepare (CfaDb *self, const char *sql, const char *format, va_list arguments, GError **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);

  if (statement == NULL)
    {
      if (sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
        {
          cfa_db_failed (self, error);
          return NULL;
        }
      g_hash_table_insert (self->statements, g_strdup (sql), statement);
    }
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  bind (statement, format, arguments);
  return statement;
}

/**
 * cfa_db_open:
 * Opens or creates a file in WAL mode with synchronous=FULL: what was committed survives a power cut.
 * Returns: (transfer full): the connection, or NULL with CFA_CACHE_ERROR.
 */
CfaDb *
cfa_db_open (const char *path, GError **error)
{
  g_autoptr (CfaDb) self = g_new0 (CfaDb, 1);

  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize);
  if (sqlite3_open_v2 (path, &self->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    {
      cfa_db_failed (self, error);
      return NULL;
    }
  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_busy_timeout (self->handle, 5000);
  if (!cf_search_add_tokenizer (self->handle))
    {
      g_set_error_literal (error, CFA_CACHE_ERROR, CFA_CACHE_ERROR_FAILED, "this SQLite has no full-text search (FTS5)");
      return NULL;
    }
  if (!cfa_db_script (self, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
                            "PRAGMA temp_store=MEMORY", error))
    return NULL;
  return g_steal_pointer (&self);
}

void
cfa_db_free (CfaDb *self)
{
  g_clear_pointer (&self->statements, g_hash_table_unref);
  sqlite3_close_v2 (self->handle);
  g_free (self);
}

/**
 * cfa_db_failed:
 * Sets @error from the last failure of SQLite. Returns: FALSE.
 */
gboolean
cfa_db_failed (CfaDb *self, GError **error)
{
  g_set_error (error, CFA_CACHE_ERROR, error_code (self), "%s (SQLite %d)",
               sqlite3_errmsg (self->handle), sqlite3_extended_errcode (self->handle));
  return FALSE;
}

/**
 * cfa_db_script:
 * Runs statements that give no rows and take no parameters.
 */
gboolean
cfa_db_script (CfaDb *self, const char *sql, GError **error)
{
  if (sqlite3_exec (self->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  return cfa_db_failed (self, error);
}

/**
 * cfa_db_prepare:
 * @format: one letter for each parameter: 't' text (nullable), 'i' gint64, 'b' gboolean
 *
 * Returns: (transfer none): a statement to cfa_db_step(); it is kept for the next use of the same text.
 */
sqlite3_stmt *
cfa_db_prepare (CfaDb *self, GError **error, const char *sql, const char *format, ...)
{
  sqlite3_stmt *statement;
  va_list arguments;

  va_start (arguments, format);
  statement = prepare (self, sql, format, arguments, error);
  va_end (arguments);
  return statement;
}

/**
 * cfa_db_step:
 * Returns: TRUE when there is a row. FALSE at the end, when the statement is reset, or on failure with @error set.
 */
gboolean
cfa_db_step (CfaDb *self, sqlite3_stmt *statement, GError **error)
{
  int result = sqlite3_step (statement);

  if (result == SQLITE_ROW)
    return TRUE;
  if (result != SQLITE_DONE)
    cfa_db_failed (self, error);
  sqlite3_reset (statement);
  return FALSE;
}

/**
 * cfa_db_run:
 * Runs one statement that gives no rows.
 */
gboolean
cfa_db_run (CfaDb *self, GError **error, const char *sql, const char *format, ...)
{
  sqlite3_stmt *statement;
  gboolean ok;
  va_list arguments;

  va_start (arguments, format);
  statement = prepare (self, sql, format, arguments, error);
  va_end (arguments);
  if (statement == NULL)
    return FALSE;
  ok = sqlite3_step (statement) == SQLITE_DONE || cfa_db_failed (self, error);
  sqlite3_reset (statement);
  return ok;
}

/**
 * cfa_db_integer:
 * Returns: the first column of the first row; 0 when there is none.
 */
gint64
cfa_db_integer (CfaDb *self, const char *sql, const char *format, ...)
{
  sqlite3_stmt *statement;
  gint64 number = 0;
  va_list arguments;

  va_start (arguments, format);
  statement = prepare (self, sql, format, arguments, NULL);
  va_end (arguments);
  if (statement != NULL && cfa_db_step (self, statement, NULL))
    number = sqlite3_column_int64 (statement, 0);
  if (statement != NULL)
    sqlite3_reset (statement);
  return number;
}

/**
 * cfa_db_text:
 * Returns: (transfer full) (nullable): the first column of the first row.
 */
char *
cfa_db_text (CfaDb *self, const char *sql, const char *format, ...)
{
  sqlite3_stmt *statement;
  char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  statement = prepare (self, sql, format, arguments, NULL);
  va_end (arguments);
  if (statement != NULL && cfa_db_step (self, statement, NULL))
    text = cfa_db_dup (statement, 0);
  if (statement != NULL)
    sqlite3_reset (statement);
  return text;
}

/**
 * cfa_db_dup:
 * Returns: (transfer full) (nullable): a text column of the row at hand.
 */
char *
cfa_db_dup (sqlite3_stmt *statement, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

/**
 * cfa_db_in_transaction:
 * SQLite ends a transaction by itself on some failures, a full disk among them.
 */
gboolean
cfa_db_in_transaction (CfaDb *self)
{
  return sqlite3_get_autocommit (self->handle) == 0;
}

static int
is_cancelled (void *cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

/**
 * cfa_db_heed:
 * @cancellable: (nullable): from now on; cancelling it makes the statement that runs fail. NULL: nothing does
 */
void
cfa_db_heed (CfaDb *self, GCancellable *cancellable)
{
  sqlite3_progress_handler (self->handle, HEED_STEPS, cancellable != NULL ? is_cancelled : NULL, cancellable);
}
