/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/goal-params.h"
#include "protocol/methods/trigger-params.h"

G_BEGIN_DECLS

GPtrArray           *cfd_goals_list    (CfdTx *tx, const CfdCaller *caller, GError **error);
CfGoal              *cfd_goals_save    (CfdTx *tx, const CfdCaller *by, const CfGoalSaveParams *params, GError **error);
CfGoal              *cfd_goals_remove  (CfdTx *tx, const CfdCaller *by, const char *id, GError **error);
CfGoalNumbersResult *cfd_goals_numbers (CfdTx *tx, const CfdCaller *by, const CfNumbersParams *params, GError **error);

G_END_DECLS
