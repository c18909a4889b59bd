/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "automation-params.h"

/**
 * cfa_trigger_save_params:
 * @trigger: as it is wanted
 * @version: that it is made from; 0 for a new one
 *
 * Returns: (transfer full): for trigger.save
 */
CfTriggerSaveParams *
cfa_trigger_save_params (const CfTrigger *trigger, gint64 version)
{
  CfTriggerSaveParams *params = cf_struct_new (&cf_trigger_save_params_shape);

  params->id = g_strdup (trigger->parent.id);
  params->version = version;
  params->name = g_strdup (trigger->name);
  params->enabled = trigger->enabled;
  params->sites = g_strdupv (trigger->sites);
  params->rules = cf_struct_copy (trigger->rules);
  params->actions = cf_struct_copy (trigger->actions);
  params->cap = trigger->cap;
  params->cap_days = trigger->cap == CF_TRIGGER_CAP_DAYS ? trigger->cap_days : 0;
  return params;
}

/**
 * cfa_goal_save_params:
 * @goal: as it is wanted
 * @version: that it is made from; 0 for a new one
 *
 * Returns: (transfer full): for goal.save
 */
CfGoalSaveParams *
cfa_goal_save_params (const CfGoal *goal, gint64 version)
{
  CfGoalSaveParams *params = cf_struct_new (&cf_goal_save_params_shape);

  params->id = g_strdup (goal->parent.id);
  params->version = version;
  params->name = g_strdup (goal->name);
  params->enabled = goal->enabled;
  params->sites = g_strdupv (goal->sites);
  params->kind = goal->kind;
  params->pattern = g_strdup (goal->pattern);
  params->value = goal->value;
  params->value_of_event = goal->value_of_event;
  params->each_time = goal->each_time;
  params->days = goal->days;
  return params;
}
