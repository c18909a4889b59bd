/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/visitor-params.h"
#include "protocol/records/visitor.h"

G_BEGIN_DECLS

/* For how long a merge can be undone. */
#define CFD_UNMERGE_MS G_GINT64_CONSTANT (30 * 24 * 60 * 60 * 1000)

GPtrArray *cfd_visitor_merge        (CfdTx *tx, const CfdCaller *by, const CfVisitorMergeParams *params, GError **error);
gboolean   cfd_visitor_merge_proven (CfdTx *tx, CfVisitor *from, CfVisitor *into, GError **error);
GPtrArray *cfd_visitor_unmerge      (CfdTx *tx, const CfdCaller *by, const char *id, GError **error);

G_END_DECLS
