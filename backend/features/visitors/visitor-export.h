/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/visitor-params.h"

G_BEGIN_DECLS

CfVisitorExportResult *cfd_visitor_export (CfdTx *tx, const CfdCaller *by, const CfVisitorExportParams *params, GError **error);

G_END_DECLS
