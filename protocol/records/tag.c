/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tag.h"

static const CfField fields[] = {
  CF_RECORD_ROWS (CfTag),
  CF_ROW (CfTag, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .min = 1, .max = 50),
  CF_ROW (CfTag, color, CF_KIND_STRING, "color", 0, CF_AUDIENCE_STAFF, .max = 7),
  CF_ROW (CfTag, created_at, CF_KIND_TIME, "created_at", 0, CF_AUDIENCE_STAFF),
};

const CfShape cf_tag_shape = {
  .name = "tag",
  .table = "tag",
  .size = sizeof (CfTag),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (fields),
};
