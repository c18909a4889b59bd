/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trigger.h"

const char *const cf_trigger_cap_words[] = { "visit", "days", "ever", NULL };

static const CfField fields[] = {
  CF_RECORD_ROWS (CfTrigger),
  CF_ROW (CfTrigger, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .min = 1, .max = CF_TRIGGER_NAME_MAX),
  CF_ROW (CfTrigger, enabled, CF_KIND_BOOLEAN, "enabled", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfTrigger, sites, CF_KIND_STRINGS, "sites", 0, CF_AUDIENCE_STAFF, .min = 1, .max = 36, .help = "Ids of sites; all when absent."),
  CF_ROW (CfTrigger, place, CF_KIND_INTEGER, "place", 0, CF_AUDIENCE_STAFF, .min = 0, .max = 1000000),
  CF_ROW (CfTrigger, rules, CF_KIND_STRUCT, "rules", 0, CF_AUDIENCE_STAFF, .shape = &cf_trigger_rules_shape),
  CF_ROW (CfTrigger, actions, CF_KIND_STRUCT, "actions", 0, CF_AUDIENCE_STAFF, .shape = &cf_trigger_actions_shape),
  CF_ROW (CfTrigger, cap, CF_KIND_ENUM, "cap", 0, CF_AUDIENCE_STAFF, .words = cf_trigger_cap_words),
  CF_ROW (CfTrigger, cap_days, CF_KIND_INTEGER, "cap_days", 0, CF_AUDIENCE_STAFF, .min = 0, .max = CF_TRIGGER_CAP_DAYS_MAX),
  CF_ROW (CfTrigger, version, CF_KIND_INTEGER, "version", 0, CF_AUDIENCE_STAFF, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfTrigger, changed_by, CF_KIND_STRING, "changed_by", 0, CF_AUDIENCE_STAFF, .max = 100),
  CF_ROW (CfTrigger, changed_at, CF_KIND_TIME, "changed_at", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfTrigger, created_at, CF_KIND_TIME, "created_at", 0, CF_AUDIENCE_STAFF),
};

const CfShape cf_trigger_shape = {
  .name = "trigger",
  .table = "trigger_rule",
  .size = sizeof (CfTrigger),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (fields),
};
