/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/rating-params.h"

G_BEGIN_DECLS

CfRatingSummaryResult *cfd_ratings_summary (CfdTx *tx, const CfdCaller *caller, const CfRatingSummaryParams *params, GError **error);

G_END_DECLS
