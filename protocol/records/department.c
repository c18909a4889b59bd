/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "department.h"

const char *const cf_assignment_words[] = { "off", "round_robin", "least_busy", NULL };

static const CfField fields[] = {
  CF_RECORD_ROWS (CfDepartment),
  CF_ROW (CfDepartment, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .min = 1, .max = 100),
  CF_ROW (CfDepartment, assignment, CF_KIND_ENUM, "assignment", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .words = cf_assignment_words),
  CF_ROW (CfDepartment, capacity, CF_KIND_INTEGER, "capacity", 0, CF_AUDIENCE_STAFF, .min = 0, .max = 1000),
  CF_ROW (CfDepartment, members, CF_KIND_STRINGS, "members", 0, CF_AUDIENCE_STAFF, .min = 1, .max = 36, .help = "Ids of agents."),
  CF_ROW (CfDepartment, created_at, CF_KIND_TIME, "created_at", 0, CF_AUDIENCE_STAFF),
};

const CfShape cf_department_shape = {
  .name = "department",
  .table = "department",
  .size = sizeof (CfDepartment),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (fields),
};
