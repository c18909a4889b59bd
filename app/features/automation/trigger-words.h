/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/settings/rules.h"
#include "protocol/methods/goal-params.h"
#include "protocol/methods/trigger-params.h"
#include "protocol/records/attribute.h"

G_BEGIN_DECLS

/* What triggers and goals are called, in the person's language, and what may be written into them. */
const char *cfa_trigger_kind_name       (CfTriggerKind kind);
const char *cfa_trigger_how_name        (CfTriggerHow how);
const char *cfa_trigger_utm_name        (const char *part);
const char *cfa_trigger_cap_name        (CfTriggerCap cap);
const char *cfa_trigger_value_title     (CfTriggerKind kind);
gboolean    cfa_trigger_kind_is_yes_no  (CfTriggerKind kind);
CfaRule     cfa_trigger_value_rule      (CfTriggerKind kind, const CfAttribute *attribute);
char       *cfa_trigger_condition_words (const CfTriggerCondition *condition, const CfAttribute *attribute);
gboolean    cfa_trigger_condition_is_complete (const CfTriggerCondition *condition);
char       *cfa_trigger_find_problem    (const CfTrigger *trigger);
char       *cfa_trigger_number_words    (const CfTriggerNumber *number);

char       *cfa_rule_event              (const char *text);
char       *cfa_rule_pattern            (const char *text);
char       *cfa_rule_amount             (const char *text);
char       *cfa_amount_words            (gint64 hundredths);
char       *cfa_goal_words              (const CfGoal *goal);
char       *cfa_goal_number_words       (const CfGoalNumber *number);
char       *cfa_goal_find_problem       (const CfGoal *goal);

G_END_DECLS
