/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/canned-params.h"

G_BEGIN_DECLS

CfCannedResponse *cfd_canned_add    (CfdTx *tx, const CfdCaller *caller, const CfCannedAddParams *params, GError **error);
CfCannedResponse *cfd_canned_update (CfdTx *tx, const CfdCaller *caller, const CfCannedUpdateParams *params, GError **error);
CfCannedResponse *cfd_canned_remove (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error);
CfCannedResponse *cfd_canned_used   (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error);

G_END_DECLS
