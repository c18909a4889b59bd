/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/hub/hub.h"
#include "job.h"
#include "meter.h"
#include "method-table.h"

G_BEGIN_DECLS

/**
 * CfdRouter:
 * Carries calls from the doors to their threads and back: the one place for permission, errors, counting and the end of service.
 * Lives on the main loop; freed after the database was closed.
 */
typedef struct _CfdRouter CfdRouter;

typedef void (*CfdRouterDrained) (gpointer data);

CfdRouter      *cfd_router_new       (CfdDb *db, CfdHub *hub, const CfdFeature *const *features, GError **error);
CfdMethodTable *cfd_router_get_table (CfdRouter *self);
CfdMeter       *cfd_router_get_meter (CfdRouter *self);
CfdHub         *cfd_router_get_hub   (CfdRouter *self);
void            cfd_router_run       (CfdRouter *self, CfdJob *job); /* takes the job */
gboolean        cfd_router_is_open   (CfdRouter *self, GError **error);
gint64          cfd_router_retry_after (const GError *error);
void            cfd_router_quiesce   (CfdRouter *self, CfdRouterDrained drained, gpointer data);
void            cfd_router_free      (CfdRouter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdRouter, cfd_router_free)

G_END_DECLS
