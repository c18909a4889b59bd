/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tag-params.h"

static const CfField tag_add_params_fields[] = {
  CF_ROW (CfTagAddParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfTagAddParams, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = 50),
  CF_ROW (CfTagAddParams, color, CF_KIND_STRING, "color", 0, CF_AUDIENCE_ALL, .min = 0, .max = 7),
};

const CfShape cf_tag_add_params_shape = {
  .name = "tag_add_params",
  .size = sizeof (CfTagAddParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (tag_add_params_fields),
};

static const CfField tag_update_params_fields[] = {
  CF_ROW (CfTagUpdateParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfTagUpdateParams, name, CF_KIND_STRING, "name", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 1, .max = 50),
  CF_ROW (CfTagUpdateParams, color, CF_KIND_STRING, "color", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 0, .max = 7),
};

const CfShape cf_tag_update_params_shape = {
  .name = "tag_update_params",
  .size = sizeof (CfTagUpdateParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (tag_update_params_fields),
};
