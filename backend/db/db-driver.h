/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/sql.h"

G_BEGIN_DECLS

/* One connection and one prepared statement of an engine; each belongs to one thread at a time. */
typedef struct _CfdDbHandle CfdDbHandle;
typedef struct _CfdDbStatement CfdDbStatement;

/* How far a copy is, in the engine's own pieces. */
typedef void (*CfdDbCopied) (guint64 done, guint64 total, gpointer data);

typedef enum
{
  CFD_DB_STEP_ERROR,
  CFD_DB_STEP_ROW,
  CFD_DB_STEP_DONE,
} CfdDbStep;

/**
 * CfdDbDriver:
 * What an engine must offer; one const instance per engine. Errors are in CF_ERROR: UNAVAILABLE when
 * the engine cannot read or write now (full disk, I/O error, read-only, busy), CONFLICT for a broken
 * unique constraint, INTERNAL for the rest; the message says what the person who runs the server should do.
 */
typedef struct
{
  const char *name;
  const char *begin; /* must: the statement that starts a writing transaction, its lock taken at once */

  /* must: open a connection; @create makes the database where there is none */
  CfdDbHandle *(*open) (const char *where, gboolean read_only, gboolean create, GError **error);
  void (*close) (CfdDbHandle *handle);
  /* may: the database is at this program's version, everyday writing begins */
  gboolean (*ready) (CfdDbHandle *handle, GError **error);

  /* must: make the tables of another file known to @handle by the name @as too, reading only; not within a transaction */
  gboolean (*attach) (CfdDbHandle *handle, const char *where, const char *as, GError **error);
  /* must: whether it has met a damaged file since it was asked last */
  gboolean (*was_damaged) (CfdDbHandle *handle);

  /* must: statements without parameters, rows dropped: migrations (several, by semicolons). In a text of several lines the
   * error names the line that failed */
  gboolean (*execute) (CfdDbHandle *handle, const char *sql, GError **error);

  /* must: a statement from the handle's cache (keyed by text), reset and without bindings; borrowed */
  CfdDbStatement *(*prepare) (CfdDbHandle *handle, const char *sql, GError **error);
  /* must: bind parameter "$number", counting from 1; @lasts: the text stays valid until release, otherwise it is copied */
  void (*bind) (CfdDbStatement *statement, guint number, const CfSqlValue *value, gboolean lasts);
  CfdDbStep (*step) (CfdDbStatement *statement, GError **error);
  /* must: column counting from 0; text is borrowed until the next step */
  void (*column) (CfdDbStatement *statement, guint number, CfSqlValue *out);
  guint (*n_columns) (CfdDbStatement *statement);
  /* must: give the statement back to the cache */
  void (*release) (CfdDbStatement *statement);

  /* must: rows that the last statement which writes has inserted or changed */
  guint (*changed) (CfdDbHandle *handle);
  /* must: FALSE after the engine itself has rolled the transaction back */
  gboolean (*in_transaction) (CfdDbHandle *handle);
  /* may, both or none, for engines that leave it to us: pages in the log after this connection's last commit, and to bring
   * over what can be without waiting for anybody */
  guint (*log_pages) (CfdDbHandle *handle);
  void (*checkpoint) (CfdDbHandle *handle);
  /* may: leave nothing in the log, not even what no longer counts; FALSE when somebody reads or writes it just now */
  gboolean (*empty_log) (CfdDbHandle *handle);
  /* may: whether what is committed from now on may get lost when the power fails, until a commit that must not; what one can make anew */
  void (*set_lazy) (CfdDbHandle *handle, gboolean lazy);
  /* may: a number that differs after another process has committed */
  gint64 (*foreign_commits) (CfdDbHandle *handle);

  /* must: a small number that belongs to the database as a whole, 0 in a new one; -1 with an error */
  gint64 (*get_stamp) (CfdDbHandle *handle, GError **error);
  gboolean (*set_stamp) (CfdDbHandle *handle, gint64 stamp, GError **error);

  /* Backups; an engine with tools of its own has none of these. */
  /* may: fills the empty file @to with what the transaction that runs on @handle sees, in steps, without hindering writers;
   * it is not synced */
  gboolean (*copy) (CfdDbHandle *handle, const char *to, CfdDbCopied copied, gpointer data, GError **error);
  /* may: open a copy just as it lies there, reading only: nothing is written beside it */
  CfdDbHandle *(*open_copy) (const char *where, GError **error);
  /* may: look at every page and index */
  gboolean (*check) (CfdDbHandle *handle, GError **error);
} CfdDbDriver;

extern const CfdDbDriver cfd_sqlite_driver;

G_END_DECLS
