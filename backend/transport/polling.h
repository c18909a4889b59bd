/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "transport.h"

G_BEGIN_DECLS

/**
 * CfdPolling:
 * The way in for clients whom WebSockets do not reach: the same messages, by HTTP. docs/protocol.md says how. Lives on the main loop.
 */
typedef struct _CfdPolling CfdPolling;

CfdPolling *cfd_polling_new     (CfdTransport *transport, const char *path);
void        cfd_polling_free    (CfdPolling *self);
gboolean    cfd_polling_owns    (CfdPolling *self, CfdRequest *request);
void        cfd_polling_request (CfdPolling *self, CfdRequest *request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdPolling, cfd_polling_free)

G_END_DECLS
