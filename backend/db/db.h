/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "backend/histogram.h"
#include "tx.h"

G_BEGIN_DECLS

/**
 * CfdDb:
 * The database and its threads. One writing thread: all writes that wait share one transaction (group commit); when one
 * of them fails after it has written, all are undone and run once more, apart. Two reading threads with connections of their own. One slow thread for work that burns time (password
 * hashes); it reads, and may call cfd_db_run() to write.
 *
 * Main-loop promises: @publish is called for each change in the order of revisions, and only after its commit is on
 * disk; then @done of the calls of that commit. Changes that other processes made (the command line, beside a running
 * server) are noticed within about a second and published in their place.
 */
typedef struct _CfdDb CfdDb;

typedef enum
{
  CFD_DB_READ,
  CFD_DB_WRITE,
  CFD_DB_SLOW,
} CfdDbMode;

/* On a database thread. It may run a second time when a call that shared its transaction has failed after writing: what it did to
 * the database is undone by then, so it must start anew and touch nothing else but @data. */
typedef gboolean (*CfdDbWork)    (CfdTx *tx, gpointer data, GError **error);
typedef void     (*CfdDbDone)    (gpointer data, const GError *error);          /* on the main loop */
typedef void     (*CfdDbPublish) (CfdChangeset *changes, gpointer data);        /* on the main loop */
typedef void     (*CfdDbTold)    (gpointer data);                               /* on the main loop */

/* Counters since start, for /metrics and /health; read on the main loop. */
typedef struct
{
  guint64 commits, calls, failed_calls, failed_commits; /* writes */
  guint64 committed_calls;                              /* those that shared a commit that succeeded */
  guint64 commit_size_buckets[8];                       /* calls per commit: 1, 2, 4, 8, 16, 32, 64, more */
  CfdHistogram commit_time;                             /* of each commit */
  CfdHistogram write_wait, read_wait;                   /* of each call: from its submission to its thread */
  guint write_queue, read_queue, slow_queue;            /* now */
  gint64 search_lag;                                    /* us: the age of the oldest commit that search does not know */
  gboolean writable;                                    /* the last commit succeeded */
  char last_error[200];                                 /* of the last failed commit */
} CfdDbStats;

CfdDb   *cfd_db_open    (const CfdDbDriver *driver, const char *where, gboolean create, GError **error); /* also migrates */
void     cfd_db_close   (CfdDb *self); /* finishes what was submitted, calls its dones, stops the threads */
void     cfd_db_set_publish (CfdDb *self, CfdDbPublish publish, CfdDbTold told, gpointer data);
void     cfd_db_submit  (CfdDb *self, CfdDbMode mode, CfdDbWork work, CfdDbDone done, gpointer data);
void     cfd_db_start_search (CfdDb *self);
gboolean cfd_db_index   (CfdDb *self, GError **error); /* brings the full-text index up to date at once; waits */
gboolean cfd_db_forget  (CfdDb *self, GError **error); /* leaves nothing of what was deleted in any file; waits; not on the main loop */
gboolean cfd_db_run     (CfdDb *self, CfdDbMode mode, CfdDbWork work, gpointer data, GError **error); /* waits; not on the main loop of a server */
void     cfd_db_get_stats (CfdDb *self, CfdDbStats *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdDb, cfd_db_close)

G_END_DECLS
