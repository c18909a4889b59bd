/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/methods/goal-params.h"
#include "protocol/methods/trigger-params.h"

G_BEGIN_DECLS

/* What is sent to the server of a trigger or goal as it is wanted. */
CfTriggerSaveParams *cfa_trigger_save_params (const CfTrigger *trigger, gint64 version);
CfGoalSaveParams    *cfa_goal_save_params    (const CfGoal *goal, gint64 version);

G_END_DECLS
