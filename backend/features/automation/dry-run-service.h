/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/trigger-params.h"

G_BEGIN_DECLS

CfTriggerDryRunResult *cfd_dry_run (CfdTx *tx, const CfdCaller *by, const CfTriggerDryRunParams *params, GError **error);

G_END_DECLS
