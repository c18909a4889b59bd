/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "connection.h"
#include "counters.h"
#include "tx.h"

G_BEGIN_DECLS

/* What the threads of the database know of a call's view. Lives on the thread's stack for one call. */
struct _CfdTx
{
  CfdConnection *connection;
  CfdCounters *counters; /* NULL in a reading call */
  GThread *thread;
  gboolean wrote; /* something was stored that a failure has to undo */
  gint64 now;
  CfdChangeset *changes; /* NULL until the call takes its revision */
  guint n_rows; /* queries that still run */
  guint read;   /* rows so far */
};

void     cfd_tx_init  (CfdTx *tx, CfdConnection *connection, CfdCounters *counters);
void     cfd_tx_clear (CfdTx *tx);

/* As cfd_tx_execute(), for a table that holds no records. */
gboolean cfd_tx_execute_aside (CfdTx *tx, GError **error, const char *sql, const char *types, ...);

CfdRows *cfd_rows_new (CfdTx *tx, CfdDbStatement *statement);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CfdTx, cfd_tx_clear)

G_END_DECLS
