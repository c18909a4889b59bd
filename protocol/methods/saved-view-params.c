/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "saved-view-params.h"

static const CfField view_add_params_fields[] = {
  CF_ROW (CfViewAddParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfViewAddParams, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = 100),
  CF_ROW (CfViewAddParams, shared, CF_KIND_BOOLEAN, "shared", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfViewAddParams, place, CF_KIND_INTEGER, "place", 0, CF_AUDIENCE_ALL, .min = 0, .max = 1000000),
  CF_ROW (CfViewAddParams, status, CF_KIND_ENUM, "status", 0, CF_AUDIENCE_ALL, .words = cf_view_status_words),
  CF_ROW (CfViewAddParams, assignee, CF_KIND_ENUM, "assignee", 0, CF_AUDIENCE_ALL, .words = cf_view_assignee_words),
  CF_ROW (CfViewAddParams, assignee_id, CF_KIND_ID, "assignee_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfViewAddParams, site_id, CF_KIND_ID, "site_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfViewAddParams, department_id, CF_KIND_ID, "department_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfViewAddParams, tag_id, CF_KIND_ID, "tag_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfViewAddParams, waiting_over, CF_KIND_INTEGER, "waiting_over", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_VIEW_WAITING_MAX),
  CF_ROW (CfViewAddParams, mood, CF_KIND_ENUM, "mood", 0, CF_AUDIENCE_ALL, .words = cf_mood_words),
};

const CfShape cf_view_add_params_shape = {
  .name = "view_add_params",
  .size = sizeof (CfViewAddParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (view_add_params_fields),
};

static const CfField view_update_params_fields[] = {
  CF_ROW (CfViewUpdateParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfViewUpdateParams, name, CF_KIND_STRING, "name", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 1, .max = 100),
  CF_ROW (CfViewUpdateParams, place, CF_KIND_INTEGER, "place", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 0, .max = 1000000),
  CF_ROW (CfViewUpdateParams, status, CF_KIND_ENUM, "status", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .words = cf_view_status_words),
  CF_ROW (CfViewUpdateParams, assignee, CF_KIND_ENUM, "assignee", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .words = cf_view_assignee_words),
  CF_ROW (CfViewUpdateParams, assignee_id, CF_KIND_ID, "assignee_id", CF_FIELD_GIVEN, CF_AUDIENCE_ALL),
  CF_ROW (CfViewUpdateParams, site_id, CF_KIND_ID, "site_id", CF_FIELD_GIVEN, CF_AUDIENCE_ALL),
  CF_ROW (CfViewUpdateParams, department_id, CF_KIND_ID, "department_id", CF_FIELD_GIVEN, CF_AUDIENCE_ALL),
  CF_ROW (CfViewUpdateParams, tag_id, CF_KIND_ID, "tag_id", CF_FIELD_GIVEN, CF_AUDIENCE_ALL),
  CF_ROW (CfViewUpdateParams, waiting_over, CF_KIND_INTEGER, "waiting_over", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 0, .max = CF_VIEW_WAITING_MAX),
  CF_ROW (CfViewUpdateParams, mood, CF_KIND_ENUM, "mood", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .words = cf_mood_words),
};

const CfShape cf_view_update_params_shape = {
  .name = "view_update_params",
  .size = sizeof (CfViewUpdateParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (view_update_params_fields),
};
