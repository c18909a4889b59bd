/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file-params.h"

/* In characters: what a name may have before it is cut. */
#define NAME_GIVEN_MAX 1000

static const CfField file_create_params_fields[] = {
  CF_ROW (CfFileCreateParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfFileCreateParams, conversation_id, CF_KIND_ID, "conversation_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfFileCreateParams, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = NAME_GIVEN_MAX),
  CF_ROW (CfFileCreateParams, size, CF_KIND_INTEGER, "size", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = G_MAXINT64, .help = "In bytes."),
  CF_ROW (CfFileCreateParams, note, CF_KIND_BOOLEAN, "note", 0, CF_AUDIENCE_STAFF, .help = "For a note: the visitor never sees it."),
};

const CfShape cf_file_create_params_shape = {
  .name = "file_create_params",
  .size = sizeof (CfFileCreateParams),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (file_create_params_fields),
};

static const CfField file_params_fields[] = {
  CF_ROW (CfFileParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
};

const CfShape cf_file_params_shape = {
  .name = "file_params",
  .size = sizeof (CfFileParams),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (file_params_fields),
};

static const CfField file_result_fields[] = {
  CF_ROW (CfFileResult, rev, CF_KIND_INTEGER, "rev", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfFileResult, records, CF_KIND_RECORDS, "records", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfFileResult, upload, CF_KIND_STRING, "upload", 0, CF_AUDIENCE_ALL, .max = 200, .help = "Where to PUT the content."),
  CF_ROW (CfFileResult, link, CF_KIND_STRING, "link", 0, CF_AUDIENCE_ALL, .max = 1000, .help = "Where to GET the content, until expires_at."),
  CF_ROW (CfFileResult, expires_at, CF_KIND_TIME, "expires_at", 0, CF_AUDIENCE_ALL),
};

const CfShape cf_file_result_shape = {
  .name = "file_result",
  .size = sizeof (CfFileResult),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (file_result_fields),
};
