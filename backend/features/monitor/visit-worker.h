/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/hub/hub.h"

G_BEGIN_DECLS

/**
 * CfdVisitWorker:
 * Once a second takes the pages that were looked at from the hub, has a database thread find out what is to be known of who is new, tells
 * the hub, and stores all of it in one go. Removes what is older than it may be. Lives on the main loop.
 */
typedef struct _CfdVisitWorker CfdVisitWorker;

CfdVisitWorker *cfd_visit_worker_new  (CfdDb *db, CfdHub *hub, gint64 days);
void            cfd_visit_worker_stop (CfdVisitWorker *self);
void            cfd_visit_worker_free (CfdVisitWorker *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdVisitWorker, cfd_visit_worker_free)

G_END_DECLS
