/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* The name of a SQLite file system that is the system's own but for the write-ahead log: SQLite hands that over in two writes for each
 * page, a header and the page; here they are gathered and go to the disk in one write before each sync. */
const char *cfd_sqlite_wal_file_system (void);
void        cfd_sqlite_wal_watch       (struct sqlite3 *db);
void        cfd_sqlite_wal_set_lazy    (struct sqlite3 *db, gboolean lazy);

G_END_DECLS
