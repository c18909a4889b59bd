/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "goal.h"

#include "../methods/trigger-rules.h"

const char *const cf_goal_kind_words[] = { "url", "event", NULL };

static const CfField fields[] = {
  CF_RECORD_ROWS (CfGoal),
  CF_ROW (CfGoal, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .min = 1, .max = CF_GOAL_NAME_MAX),
  CF_ROW (CfGoal, enabled, CF_KIND_BOOLEAN, "enabled", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfGoal, sites, CF_KIND_STRINGS, "sites", 0, CF_AUDIENCE_STAFF, .min = 1, .max = 36, .help = "Ids of sites; all when absent."),
  CF_ROW (CfGoal, kind, CF_KIND_ENUM, "kind", 0, CF_AUDIENCE_STAFF, .words = cf_goal_kind_words),
  CF_ROW (CfGoal, pattern, CF_KIND_STRING, "pattern", 0, CF_AUDIENCE_STAFF, .max = CF_GOAL_PATTERN_MAX),
  CF_ROW (CfGoal, value, CF_KIND_INTEGER, "value", 0, CF_AUDIENCE_STAFF, .min = 0, .max = CF_EVENT_VALUE_MAX, .help = "In hundredths."),
  CF_ROW (CfGoal, value_of_event, CF_KIND_BOOLEAN, "value_of_event", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfGoal, each_time, CF_KIND_BOOLEAN, "each_time", 0, CF_AUDIENCE_STAFF, .help = "Else once in a visit."),
  CF_ROW (CfGoal, days, CF_KIND_INTEGER, "days", 0, CF_AUDIENCE_STAFF, .min = 0, .max = CF_GOAL_DAYS_MAX),
  CF_ROW (CfGoal, version, CF_KIND_INTEGER, "version", 0, CF_AUDIENCE_STAFF, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfGoal, changed_by, CF_KIND_STRING, "changed_by", 0, CF_AUDIENCE_STAFF, .max = 100),
  CF_ROW (CfGoal, changed_at, CF_KIND_TIME, "changed_at", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfGoal, created_at, CF_KIND_TIME, "created_at", 0, CF_AUDIENCE_STAFF),
};

const CfShape cf_goal_shape = {
  .name = "goal",
  .table = "goal",
  .size = sizeof (CfGoal),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (fields),
};
