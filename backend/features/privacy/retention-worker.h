/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/db.h"

G_BEGIN_DECLS

/**
 * CfdRetentionWorker:
 * Sees to it, after a change of a site and every hour, that nothing is kept for longer than each site wants. Lives on the main loop.
 */
typedef struct _CfdRetentionWorker CfdRetentionWorker;

CfdRetentionWorker *cfd_retention_worker_new   (CfdDb *db);
void                cfd_retention_worker_heard (CfdRetentionWorker *self, const CfdChangeset *changes);
void                cfd_retention_worker_stop  (CfdRetentionWorker *self); /* before the database is closed */
void                cfd_retention_worker_free  (CfdRetentionWorker *self); /* after it */

G_END_DECLS
