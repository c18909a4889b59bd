/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "goal-params.h"

#include "trigger-rules.h"

static const CfField save_params_fields[] = {
  CF_ROW (CfGoalSaveParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfGoalSaveParams, version, CF_KIND_INTEGER, "version", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64,
          .help = "Of the goal that was changed; absent for a new one."),
  CF_ROW (CfGoalSaveParams, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = CF_GOAL_NAME_MAX),
  CF_ROW (CfGoalSaveParams, enabled, CF_KIND_BOOLEAN, "enabled", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfGoalSaveParams, sites, CF_KIND_STRINGS, "sites", 0, CF_AUDIENCE_ALL, .min = 1, .max = 36, .help = "Ids of sites; all when absent."),
  CF_ROW (CfGoalSaveParams, kind, CF_KIND_ENUM, "kind", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .words = cf_goal_kind_words),
  CF_ROW (CfGoalSaveParams, pattern, CF_KIND_STRING, "pattern", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = CF_GOAL_PATTERN_MAX,
          .help = "Of an address; of an event its name."),
  CF_ROW (CfGoalSaveParams, value, CF_KIND_INTEGER, "value", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_EVENT_VALUE_MAX, .help = "In hundredths."),
  CF_ROW (CfGoalSaveParams, value_of_event, CF_KIND_BOOLEAN, "value_of_event", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfGoalSaveParams, each_time, CF_KIND_BOOLEAN, "each_time", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfGoalSaveParams, days, CF_KIND_INTEGER, "days", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_GOAL_DAYS_MAX),
};

const CfShape cf_goal_save_params_shape = {
  .name = "goal_save_params",
  .size = sizeof (CfGoalSaveParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (save_params_fields),
};

static const CfField number_fields[] = {
  CF_ROW (CfGoalNumber, goal_id, CF_KIND_ID, "goal_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfGoalNumber, site_id, CF_KIND_ID, "site_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfGoalNumber, agent_id, CF_KIND_ID, "agent_id", 0, CF_AUDIENCE_ALL, .help = "Who had the visitor's last conversation."),
  CF_ROW (CfGoalNumber, trigger_id, CF_KIND_ID, "trigger_id", 0, CF_AUDIENCE_ALL, .help = "That the visitor has answered, or else met, last."),
  CF_ROW (CfGoalNumber, reached, CF_KIND_INTEGER, "reached", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfGoalNumber, with_conversation, CF_KIND_INTEGER, "with_conversation", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfGoalNumber, value, CF_KIND_INTEGER, "value", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64, .help = "In hundredths."),
};

const CfShape cf_goal_number_shape = {
  .name = "goal_number",
  .size = sizeof (CfGoalNumber),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (number_fields),
};

static const CfField numbers_result_fields[] = {
  CF_ROW (CfGoalNumbersResult, goals, CF_KIND_STRUCTS, "goals", 0, CF_AUDIENCE_ALL, .shape = &cf_goal_number_shape),
};

const CfShape cf_goal_numbers_result_shape = {
  .name = "goal_numbers_result",
  .size = sizeof (CfGoalNumbersResult),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (numbers_result_fields),
};
