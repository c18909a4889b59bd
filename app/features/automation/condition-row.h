/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"
#include "protocol/methods/trigger-rules.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_CONDITION_ROW (cfa_condition_row_get_type ())
G_DECLARE_FINAL_TYPE (CfaConditionRow, cfa_condition_row, CFA, CONDITION_ROW, AdwExpanderRow)

/*
 * One condition of a trigger: what, how and with what it is compared.
 * Signals: "changed" () · "removed" ().
 */
GtkWidget          *cfa_condition_row_new (CfaSession *session, const CfTriggerCondition *condition);
CfTriggerCondition *cfa_condition_row_dup (CfaConditionRow *self);

G_END_DECLS
