/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-params.h"

static const CfField site_add_params_fields[] = {
  CF_ROW (CfSiteAddParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfSiteAddParams, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = 100),
  CF_ROW (CfSiteAddParams, origins, CF_KIND_STRINGS, "origins", 0, CF_AUDIENCE_ALL, .min = 1, .max = 255),
  CF_ROW (CfSiteAddParams, color, CF_KIND_STRING, "color", 0, CF_AUDIENCE_ALL, .min = 0, .max = 7),
  CF_ROW (CfSiteAddParams, greeting, CF_KIND_TEXT, "greeting", 0, CF_AUDIENCE_ALL, .min = 0, .max = 500),
};

const CfShape cf_site_add_params_shape = {
  .name = "site_add_params",
  .size = sizeof (CfSiteAddParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (site_add_params_fields),
};

static const CfField site_update_params_fields[] = {
  CF_ROW (CfSiteUpdateParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfSiteUpdateParams, name, CF_KIND_STRING, "name", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 1, .max = 100),
  CF_ROW (CfSiteUpdateParams, origins, CF_KIND_STRINGS, "origins", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 1, .max = 255),
  CF_ROW (CfSiteUpdateParams, color, CF_KIND_STRING, "color", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 0, .max = 7),
  CF_ROW (CfSiteUpdateParams, greeting, CF_KIND_TEXT, "greeting", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 0, .max = 500),
};

const CfShape cf_site_update_params_shape = {
  .name = "site_update_params",
  .size = sizeof (CfSiteUpdateParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (site_update_params_fields),
};
