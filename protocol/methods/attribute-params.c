/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "attribute-params.h"

static const CfField attribute_put_params_fields[] = {
  CF_ROW (CfAttributePutParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfAttributePutParams, name, CF_KIND_STRING, "name", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 1, .max = 50),
  CF_ROW (CfAttributePutParams, kind, CF_KIND_ENUM, "kind", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .words = cf_attribute_kind_words),
  CF_ROW (CfAttributePutParams, choices, CF_KIND_STRINGS, "choices", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 1, .max = 100),
  CF_ROW (CfAttributePutParams, place, CF_KIND_INTEGER, "place", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 0, .max = 1000000),
};

const CfShape cf_attribute_put_params_shape = {
  .name = "attribute_put_params",
  .size = sizeof (CfAttributePutParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (attribute_put_params_fields),
};
