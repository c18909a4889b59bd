/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/changeset.h"
#include "backend/rpc/caller.h"

G_BEGIN_DECLS

/**
 * CfdBroadcast:
 * A changeset on its way to peers: encoded once for all who hear the same.
 */
typedef struct _CfdBroadcast CfdBroadcast;

CfdBroadcast  *cfd_broadcast_new     (CfdChangeset *changes);
gint64         cfd_broadcast_get_rev (CfdBroadcast *self);
const GString *cfd_broadcast_body    (CfdBroadcast *self, const CfdCaller *caller);
void           cfd_broadcast_free    (CfdBroadcast *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdBroadcast, cfd_broadcast_free)

G_END_DECLS
