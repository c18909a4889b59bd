/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cache/cache.h"
#include "app/connection/connection.h"

G_BEGIN_DECLS

#define CFA_TYPE_SYNC (cfa_sync_get_type ())
G_DECLARE_FINAL_TYPE (CfaSync, cfa_sync, CFA, SYNC, GObject)

/*
 * Keeps the cache equal to the server: opens the session on each new socket, catches up, applies the live stream.
 * Signals: "live-changed" () · "delta" (pointer CfaDelta) · "signal" (pointer CfSignal) · "opened" () before the signals of a new
 * session · "reset" () when the cache was emptied, because the server's revisions have gone back.
 */
CfaSync *cfa_sync_new      (CfaConnection *connection, CfaCache *cache, const char *token);
gboolean cfa_sync_get_live (CfaSync *self);
const char *cfa_sync_get_session_id (CfaSync *self);

G_END_DECLS
