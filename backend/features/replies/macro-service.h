/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/macro-params.h"

G_BEGIN_DECLS

CfMacro *cfd_macros_add    (CfdTx *tx, const CfdCaller *caller, const CfMacroAddParams *params, GError **error);
CfMacro *cfd_macros_update (CfdTx *tx, const CfdCaller *caller, const CfMacroUpdateParams *params, GError **error);
CfMacro *cfd_macros_remove (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error);
CfMacro *cfd_macros_used   (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error);

G_END_DECLS
