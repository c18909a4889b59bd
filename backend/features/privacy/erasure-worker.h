/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/db.h"

G_BEGIN_DECLS

/**
 * CfdErasureWorker:
 * Erases, on a thread of its own, whom somebody has asked to be erased, and what was in conversations that have expired: their records piece by piece, the content of their files, and then what is left
 * of both in the files of the database. It reads from the database what there is to do, so that it goes on after a restart. Lives on the main loop.
 */
typedef struct _CfdErasureWorker CfdErasureWorker;

CfdErasureWorker *cfd_erasure_worker_new   (CfdDb *db, const char *files);
void              cfd_erasure_worker_heard (CfdErasureWorker *self, const CfdChangeset *changes);
void              cfd_erasure_worker_stop  (CfdErasureWorker *self); /* before the database is closed */
void              cfd_erasure_worker_free  (CfdErasureWorker *self);

G_END_DECLS
