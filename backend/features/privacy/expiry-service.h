/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/privacy-params.h"
#include "protocol/records/site.h"

G_BEGIN_DECLS

gint64          cfd_expiry_begin   (CfdTx *tx, const CfSite *site, gint64 limit, GError **error);
CfExpiryResult *cfd_expiry_preview (CfdTx *tx, const CfdCaller *caller, const CfExpiryParams *params, GError **error);
GPtrArray      *cfd_expiry_waiting (CfdTx *tx, const char *after, GError **error);
gboolean        cfd_expiry_step    (CfdTx *tx, const char *conversation_id, gboolean *more, GError **error);
GPtrArray      *cfd_expiry_files   (CfdTx *tx, const char *conversation_id, GError **error);
gboolean        cfd_expiry_finish  (CfdTx *tx, const GPtrArray *conversation_ids, GError **error);

G_END_DECLS
