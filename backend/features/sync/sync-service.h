/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/results.h"
#include "protocol/methods/session.h"

G_BEGIN_DECLS

CfdCaller       *cfd_sync_authenticate (CfdTx *tx, const char *token, const char *site_key, const char *origin,
                                        const char *address, GError **error);
CfOpenResult    *cfd_sync_open         (CfdTx *tx, const CfOpenParams *params, const char *origin, const char *address,
                                        CfdCaller **caller, GError **error);
CfRecordsResult *cfd_sync_changes      (CfdTx *tx, const CfdCaller *caller, const CfSyncParams *params, GError **error);
GPtrArray       *cfd_sync_conversations (CfdTx *tx, const CfdCaller *caller, GError **error);

G_END_DECLS
