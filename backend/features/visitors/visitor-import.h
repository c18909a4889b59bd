/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/visitor-params.h"

G_BEGIN_DECLS

CfVisitorImportResult *cfd_visitor_import (CfdTx *tx, const CfdCaller *by, const CfVisitorImportParams *params, GError **error);

G_END_DECLS
