/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/analytics-params.h"

G_BEGIN_DECLS

CfAnalyticsResult *cfd_analytics_conversations (CfdTx *tx, const CfdCaller *caller, const CfAnalyticsParams *params, GError **error);

G_END_DECLS
