/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

#include "cache-error.h"

G_BEGIN_DECLS

/**
 * CfaDb:
 * One SQLite connection. Belongs to the cache thread.
 */
typedef struct _CfaDb CfaDb;

CfaDb        *cfa_db_open    (const char *path, GError **error);
void          cfa_db_free    (CfaDb *self);
gboolean      cfa_db_script  (CfaDb *self, const char *sql, GError **error);
sqlite3_stmt *cfa_db_prepare (CfaDb *self, GError **error, const char *sql, const char *format, ...);
gboolean      cfa_db_step    (CfaDb *self, sqlite3_stmt *statement, GError **error);
gboolean      cfa_db_run     (CfaDb *self, GError **error, const char *sql, const char *format, ...);
gint64        cfa_db_integer (CfaDb *self, const char *sql, const char *format, ...);
char         *cfa_db_text    (CfaDb *self, const char *sql, const char *format, ...);
char         *cfa_db_dup     (sqlite3_stmt *statement, int column);
gboolean      cfa_db_in_transaction (CfaDb *self);
void          cfa_db_heed    (CfaDb *self, GCancellable *cancellable);
gboolean      cfa_db_failed  (CfaDb *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfaDb, cfa_db_free)

G_END_DECLS
