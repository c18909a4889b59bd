/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/settings/record-group.h"
#include "app/features/session/session.h"
#include "protocol/records/goal.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_GOAL_EDITOR (cfa_goal_editor_get_type ())
G_DECLARE_FINAL_TYPE (CfaGoalEditor, cfa_goal_editor, CFA, GOAL_EDITOR, GObject)

/* What is between a goal and the window in which it is changed. */
void cfa_goal_editor_open (CfaRecordGroup *group, CfaSession *session, CfaRecordItem *item);

G_END_DECLS
