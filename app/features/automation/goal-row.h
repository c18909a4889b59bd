/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_GOAL_ROW (cfa_goal_row_get_type ())
G_DECLARE_FINAL_TYPE (CfaGoalRow, cfa_goal_row, CFA, GOAL_ROW, AdwActionRow)

GtkWidget *cfa_goal_row_new (CfaSession *session, CfaRecordItem *item);

G_END_DECLS
