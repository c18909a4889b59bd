/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file.h"

#include "../id.h"

const char *const cf_file_state_words[] = { "uploading", "checking", "ready", "refused", NULL };
const char *const cf_file_reason_words[] = { "", "type", "image", "infected", NULL };

static const CfField fields[] = {
  CF_RECORD_ROWS (CfFile),
  CF_ROW (CfFile, conversation_id, CF_KIND_ID, "conversation_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfFile, visitor_id, CF_KIND_ID, "visitor_id", 0, CF_AUDIENCE_NONE),
  CF_ROW (CfFile, staff_only, CF_KIND_BOOLEAN, "staff_only", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfFile, author_kind, CF_KIND_ENUM, "author_kind", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .words = cf_author_kind_words),
  CF_ROW (CfFile, author_id, CF_KIND_ID, "author_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfFile, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = CF_FILE_NAME_MAX),
  CF_ROW (CfFile, media_type, CF_KIND_STRING, "media_type", 0, CF_AUDIENCE_ALL, .max = 127, .help = "What its content is."),
  CF_ROW (CfFile, size, CF_KIND_INTEGER, "size", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = G_MAXINT64),
  CF_ROW (CfFile, width, CF_KIND_INTEGER, "width", 0, CF_AUDIENCE_ALL, .max = G_MAXINT32),
  CF_ROW (CfFile, height, CF_KIND_INTEGER, "height", 0, CF_AUDIENCE_ALL, .max = G_MAXINT32),
  CF_ROW (CfFile, state, CF_KIND_ENUM, "state", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .words = cf_file_state_words),
  CF_ROW (CfFile, reason, CF_KIND_ENUM, "reason", 0, CF_AUDIENCE_ALL, .words = cf_file_reason_words, .help = "Why it was refused."),
  CF_ROW (CfFile, finding, CF_KIND_STRING, "finding", 0, CF_AUDIENCE_STAFF, .max = 200, .help = "What was found in it."),
  CF_ROW (CfFile, sent, CF_KIND_BOOLEAN, "sent", 0, CF_AUDIENCE_ALL, .help = "A message has it."),
  CF_ROW (CfFile, secret, CF_KIND_STRING, "secret", 0, CF_AUDIENCE_NONE, .max = 64),
  CF_ROW (CfFile, created_at, CF_KIND_TIME, "created_at", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfFile, members, CF_KIND_STRINGS, "members", 0, CF_AUDIENCE_NONE, .min = 1, .max = CF_ID_LENGTH),
};

const CfShape cf_file_shape = {
  .name = "file",
  .table = "file",
  .size = sizeof (CfFile),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (fields),
};
