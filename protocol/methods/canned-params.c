/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "canned-params.h"

static const CfField canned_add_params_fields[] = {
  CF_ROW (CfCannedAddParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfCannedAddParams, shortcut, CF_KIND_STRING, "shortcut", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = CF_SHORTCUT_MAX),
  CF_ROW (CfCannedAddParams, title, CF_KIND_STRING, "title", 0, CF_AUDIENCE_ALL, .max = CF_CANNED_TITLE_MAX),
  CF_ROW (CfCannedAddParams, text, CF_KIND_TEXT, "text", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = CF_CANNED_TEXT_MAX),
  CF_ROW (CfCannedAddParams, category, CF_KIND_STRING, "category", 0, CF_AUDIENCE_ALL, .max = CF_CANNED_CATEGORY_MAX),
  CF_ROW (CfCannedAddParams, shared, CF_KIND_BOOLEAN, "shared", 0, CF_AUDIENCE_ALL),
};

const CfShape cf_canned_add_params_shape = {
  .name = "canned_add_params",
  .size = sizeof (CfCannedAddParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (canned_add_params_fields),
};

static const CfField canned_update_params_fields[] = {
  CF_ROW (CfCannedUpdateParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfCannedUpdateParams, shortcut, CF_KIND_STRING, "shortcut", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 1, .max = CF_SHORTCUT_MAX),
  CF_ROW (CfCannedUpdateParams, title, CF_KIND_STRING, "title", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .max = CF_CANNED_TITLE_MAX),
  CF_ROW (CfCannedUpdateParams, text, CF_KIND_TEXT, "text", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 1, .max = CF_CANNED_TEXT_MAX),
  CF_ROW (CfCannedUpdateParams, category, CF_KIND_STRING, "category", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .max = CF_CANNED_CATEGORY_MAX),
};

const CfShape cf_canned_update_params_shape = {
  .name = "canned_update_params",
  .size = sizeof (CfCannedUpdateParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (canned_update_params_fields),
};
