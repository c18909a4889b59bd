/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "config.h"

G_BEGIN_DECLS

/**
 * CfdServer:
 * The composition root: database, hub, router, transport, in this order; freed in reverse.
 */
typedef struct _CfdServer CfdServer;

CfdServer *cfd_server_new  (const CfdConfig *config, GError **error);
guint      cfd_server_port (CfdServer *self);
int        cfd_server_run  (CfdServer *self); /* until SIGTERM or SIGINT, then drains; returns the exit code */
void       cfd_server_free (CfdServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdServer, cfd_server_free)

G_END_DECLS
