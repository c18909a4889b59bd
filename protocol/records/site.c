/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site.h"

static const CfField fields[] = {
  CF_RECORD_ROWS (CfSite),
  CF_ROW (CfSite, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = 100),
  CF_ROW (CfSite, key, CF_KIND_STRING, "key", 0, CF_AUDIENCE_ALL, .max = 40),
  CF_ROW (CfSite, origins, CF_KIND_STRINGS, "origins", 0, CF_AUDIENCE_STAFF, .min = 1, .max = 255),
  CF_ROW (CfSite, color, CF_KIND_STRING, "color", 0, CF_AUDIENCE_ALL, .max = 7),
  CF_ROW (CfSite, greeting, CF_KIND_TEXT, "greeting", 0, CF_AUDIENCE_ALL, .max = 500),
  CF_ROW (CfSite, created_at, CF_KIND_TIME, "created_at", 0, CF_AUDIENCE_STAFF),
};

const CfShape cf_site_shape = {
  .name = "site",
  .table = "site",
  .size = sizeof (CfSite),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (fields),
};
