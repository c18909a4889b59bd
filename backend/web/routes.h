/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/config.h"
#include "backend/rpc/rest-door.h"
#include "file-downloads.h"
#include "file-uploads.h"
#include "status.h"

G_BEGIN_DECLS

/**
 * CfdRoutes:
 * Which address is whose: the API, the widget's files, health, metrics, the demo page.
 */
typedef struct _CfdRoutes CfdRoutes;

CfdRoutes *cfd_routes_new     (const CfdConfig *config, CfdRestDoor *rest, CfdFileUploads *uploads, CfdFileDownloads *downloads, const CfdStatus *status);
void       cfd_routes_begin   (CfdRoutes *self, CfdRequest *request); /* its body is still to come */
void       cfd_routes_request (CfdRoutes *self, CfdRequest *request);
void       cfd_routes_free    (CfdRoutes *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdRoutes, cfd_routes_free)

G_END_DECLS
