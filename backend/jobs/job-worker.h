/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/db.h"
#include "queued-job.h"

G_BEGIN_DECLS

typedef struct
{
  const char *lane;
  const CfdJobKind *const *kinds; /* NULL-terminated; outlives the worker */
  gpointer data;                  /* given to each perform; outlives the worker */
  gint64 tries;                   /* then it is given up */
  gint64 wait_ms;                 /* between the first two */
} CfdJobWorkerOptions;

/* Since start, but for what waits now; read on the main loop. */
typedef struct
{
  guint64 waiting, done, failed_tries, given_up;
} CfdJobStats;

/**
 * CfdJobWorker:
 * Does the jobs of one lane, one after the other, on a thread of its own. What it knows it reads from the database, so that nothing is forgotten
 * when the server ends at any moment: what was under way then is done again. Lives on the main loop.
 */
typedef struct _CfdJobWorker CfdJobWorker;

CfdJobWorker      *cfd_job_worker_new       (CfdDb *db, const CfdJobWorkerOptions *options);
const CfdJobStats *cfd_job_worker_get_stats (CfdJobWorker *self);
void               cfd_job_worker_stop      (CfdJobWorker *self);
void               cfd_job_worker_free      (CfdJobWorker *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdJobWorker, cfd_job_worker_free)

G_END_DECLS
