/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "canned-response.h"

static const CfField fields[] = {
  CF_RECORD_ROWS (CfCannedResponse),
  CF_ROW (CfCannedResponse, shortcut, CF_KIND_STRING, "shortcut", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .min = 1, .max = CF_SHORTCUT_MAX),
  CF_ROW (CfCannedResponse, title, CF_KIND_STRING, "title", 0, CF_AUDIENCE_STAFF, .max = CF_CANNED_TITLE_MAX),
  CF_ROW (CfCannedResponse, text, CF_KIND_TEXT, "text", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .min = 1, .max = CF_CANNED_TEXT_MAX),
  CF_ROW (CfCannedResponse, category, CF_KIND_STRING, "category", 0, CF_AUDIENCE_STAFF, .max = CF_CANNED_CATEGORY_MAX),
  CF_ROW (CfCannedResponse, owner_id, CF_KIND_ID, "owner_id", 0, CF_AUDIENCE_STAFF, .help = "The agent who alone sees it; absent when it is shared."),
  CF_ROW (CfCannedResponse, uses, CF_KIND_INTEGER, "uses", 0, CF_AUDIENCE_STAFF, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfCannedResponse, created_at, CF_KIND_TIME, "created_at", 0, CF_AUDIENCE_STAFF),
};

const CfShape cf_canned_response_shape = {
  .name = "canned_response",
  .table = "canned_response",
  .size = sizeof (CfCannedResponse),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (fields),
};
