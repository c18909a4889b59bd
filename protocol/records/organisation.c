/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "organisation.h"

static const CfField fields[] = {
  CF_RECORD_ROWS (CfOrganisation),
  CF_ROW (CfOrganisation, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .min = 1, .max = 100),
  CF_ROW (CfOrganisation, created_at, CF_KIND_TIME, "created_at", 0, CF_AUDIENCE_STAFF),
};

const CfShape cf_organisation_shape = {
  .name = "organisation",
  .table = "organisation",
  .size = sizeof (CfOrganisation),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (fields),
};
