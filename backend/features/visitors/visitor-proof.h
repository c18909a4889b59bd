/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/visitor-params.h"
#include "protocol/records/visitor.h"

G_BEGIN_DECLS

CfVisitor *cfd_visitor_prove (CfdTx *tx, const CfdCaller *caller, const CfVisitorProveParams *params, GError **error);

G_END_DECLS
