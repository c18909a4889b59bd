/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "db.h"

G_BEGIN_DECLS

/**
 * CfaWork:
 * One job on the cache thread. Returns: (transfer full): the result, or NULL with @error.
 */
typedef gpointer (*CfaWork) (CfaDb *db, gpointer data, GError **error);

/**
 * CfaWorker:
 * The thread that owns the database. Jobs run in the order in which they were given; writes that wait together share one
 * transaction, with a savepoint each, and none is answered before the commit is on disk.
 */
typedef struct _CfaWorker CfaWorker;

CfaWorker *cfa_worker_new    (const char *path);
void       cfa_worker_free   (CfaWorker *self);
void       cfa_worker_submit (CfaWorker *self, gboolean writes, CfaWork work, gpointer data, GDestroyNotify free_data,
                              GDestroyNotify free_result, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
