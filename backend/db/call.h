/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db.h"

G_BEGIN_DECLS

/**
 * CfdDbCall:
 * One piece of submitted work on its way: to its thread, and back to the main loop or to the thread that waits for it.
 */
typedef struct
{
  CfdDbWork work; /* NULL: only wakes the thread up */
  CfdDbDone done; /* nullable */
  gpointer data;
  gint64 submitted; /* monotonic, µs */
  gboolean waited_for; /* by cfd_db_call_wait(), which frees it; else whoever finishes it does */
  GError *error; /* its outcome; NULL = success */
  CfdChangeset *changes; /* of a write that took a revision */
  guint read; /* rows that a reading call has read: what its answer may weigh */
  GMutex mutex;
  GCond cond;
  gboolean finished;
} CfdDbCall;

CfdDbCall *cfd_db_call_new    (CfdDbWork work, CfdDbDone done, gpointer data, gboolean waited_for);
gboolean   cfd_db_call_work   (CfdDbCall *self, CfdTx *tx);
void       cfd_db_call_reset  (CfdDbCall *self);
void       cfd_db_call_fail   (CfdDbCall *self, const GError *error);
void       cfd_db_call_finish (CfdDbCall *self);
gboolean   cfd_db_call_wait   (CfdDbCall *self, GError **error);

G_END_DECLS
