/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/db.h"

G_BEGIN_DECLS

/**
 * CfdRoutingWorker:
 * Sees on the main loop what may let a waiting conversation go on (somebody came, closed one, a department changed), and has the
 * database give it: at any time one call for each organisation, which reads everything anew.
 */
typedef struct _CfdRoutingWorker CfdRoutingWorker;

CfdRoutingWorker *cfd_routing_worker_new   (CfdDb *db);
void              cfd_routing_worker_heard (CfdRoutingWorker *self, const CfdChangeset *changes);
void              cfd_routing_worker_came  (const char *organisation_id, gpointer worker); /* a CfdRosterWatch */
void              cfd_routing_worker_free  (CfdRoutingWorker *self);

G_END_DECLS
