/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "department-params.h"

static const CfField department_add_params_fields[] = {
  CF_ROW (CfDepartmentAddParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfDepartmentAddParams, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = 100),
  CF_ROW (CfDepartmentAddParams, assignment, CF_KIND_ENUM, "assignment", 0, CF_AUDIENCE_ALL, .words = cf_assignment_words),
  CF_ROW (CfDepartmentAddParams, capacity, CF_KIND_INTEGER, "capacity", 0, CF_AUDIENCE_ALL, .min = 0, .max = 1000),
  CF_ROW (CfDepartmentAddParams, members, CF_KIND_STRINGS, "members", 0, CF_AUDIENCE_ALL, .min = 1, .max = 36),
};

const CfShape cf_department_add_params_shape = {
  .name = "department_add_params",
  .size = sizeof (CfDepartmentAddParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (department_add_params_fields),
};

static const CfField department_update_params_fields[] = {
  CF_ROW (CfDepartmentUpdateParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfDepartmentUpdateParams, name, CF_KIND_STRING, "name", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 1, .max = 100),
  CF_ROW (CfDepartmentUpdateParams, assignment, CF_KIND_ENUM, "assignment", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .words = cf_assignment_words),
  CF_ROW (CfDepartmentUpdateParams, capacity, CF_KIND_INTEGER, "capacity", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 0, .max = 1000),
  CF_ROW (CfDepartmentUpdateParams, members, CF_KIND_STRINGS, "members", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 1, .max = 36),
};

const CfShape cf_department_update_params_shape = {
  .name = "department_update_params",
  .size = sizeof (CfDepartmentUpdateParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (department_update_params_fields),
};
