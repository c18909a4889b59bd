/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/trigger-params.h"
#include "protocol/records/site.h"

G_BEGIN_DECLS

GPtrArray              *cfd_triggers_list    (CfdTx *tx, const CfdCaller *caller, GError **error);
CfTrigger              *cfd_triggers_save    (CfdTx *tx, const CfdCaller *by, const CfTriggerSaveParams *params, GError **error);
CfTrigger              *cfd_triggers_remove  (CfdTx *tx, const CfdCaller *by, const char *id, GError **error);
GPtrArray              *cfd_triggers_reorder (CfdTx *tx, const CfdCaller *by, const CfTriggerReorderParams *params, GError **error);
CfTriggerNumbersResult *cfd_triggers_numbers (CfdTx *tx, const CfdCaller *by, const CfNumbersParams *params, GError **error);
gboolean                cfd_triggers_mark    (CfdTx *tx, CfSite *site, gboolean *changed, GError **error);

G_END_DECLS
