/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor.h"

static const CfField fields[] = {
  CF_RECORD_ROWS (CfVisitor),
  CF_ROW (CfVisitor, site_id, CF_KIND_ID, "site_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfVisitor, name, CF_KIND_STRING, "name", 0, CF_AUDIENCE_ALL, .max = 100),
  CF_ROW (CfVisitor, email, CF_KIND_STRING, "email", 0, CF_AUDIENCE_ALL, .max = 254),
  CF_ROW (CfVisitor, address, CF_KIND_STRING, "address", 0, CF_AUDIENCE_STAFF, .max = 64),
  CF_ROW (CfVisitor, locale, CF_KIND_STRING, "locale", 0, CF_AUDIENCE_STAFF, .max = 35),
  CF_ROW (CfVisitor, secret_hash, CF_KIND_STRING, "secret_hash", 0, CF_AUDIENCE_NONE, .max = 64),
  CF_ROW (CfVisitor, created_at, CF_KIND_TIME, "created_at", 0, CF_AUDIENCE_ALL),
};

const CfShape cf_visitor_shape = {
  .name = "visitor",
  .table = "visitor",
  .size = sizeof (CfVisitor),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (fields),
};
