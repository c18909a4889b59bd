/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read-mark.h"

static const CfField fields[] = {
  CF_RECORD_ROWS (CfReadMark),
  CF_ROW (CfReadMark, conversation_id, CF_KIND_ID, "conversation_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfReadMark, visitor_id, CF_KIND_ID, "visitor_id", 0, CF_AUDIENCE_NONE),
  CF_ROW (CfReadMark, reader_kind, CF_KIND_ENUM, "reader_kind", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .words = cf_author_kind_words),
  CF_ROW (CfReadMark, reader_id, CF_KIND_ID, "reader_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfReadMark, position, CF_KIND_INTEGER, "position", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .max = G_MAXINT64),
  CF_ROW (CfReadMark, read_at, CF_KIND_TIME, "read_at", 0, CF_AUDIENCE_ALL),
};

const CfShape cf_read_mark_shape = {
  .name = "read_mark",
  .table = "read_mark",
  .size = sizeof (CfReadMark),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (fields),
};
