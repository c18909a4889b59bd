/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "macro.h"

const char *const cf_macro_assign_words[] = { "leave", "me", "none", "agent", NULL };

static const CfField fields[] = {
  CF_RECORD_ROWS (CfMacro),
  CF_ROW (CfMacro, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .min = 1, .max = CF_MACRO_NAME_MAX),
  CF_ROW (CfMacro, owner_id, CF_KIND_ID, "owner_id", 0, CF_AUDIENCE_STAFF, .help = "The agent who alone sees it; absent when it is shared."),
  CF_ROW (CfMacro, text, CF_KIND_TEXT, "text", 0, CF_AUDIENCE_STAFF, .max = CF_MACRO_TEXT_MAX),
  CF_ROW (CfMacro, note, CF_KIND_TEXT, "note", 0, CF_AUDIENCE_STAFF, .max = CF_MACRO_NOTE_MAX),
  CF_ROW (CfMacro, add_tags, CF_KIND_STRINGS, "add_tags", 0, CF_AUDIENCE_STAFF, .min = 1, .max = 36, .help = "Ids of tags."),
  CF_ROW (CfMacro, remove_tags, CF_KIND_STRINGS, "remove_tags", 0, CF_AUDIENCE_STAFF, .min = 1, .max = 36, .help = "Ids of tags."),
  CF_ROW (CfMacro, assign, CF_KIND_ENUM, "assign", 0, CF_AUDIENCE_STAFF, .words = cf_macro_assign_words),
  CF_ROW (CfMacro, assignee_id, CF_KIND_ID, "assignee_id", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfMacro, department_id, CF_KIND_ID, "department_id", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfMacro, close, CF_KIND_BOOLEAN, "close", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfMacro, uses, CF_KIND_INTEGER, "uses", 0, CF_AUDIENCE_STAFF, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfMacro, created_at, CF_KIND_TIME, "created_at", 0, CF_AUDIENCE_STAFF),
};

const CfShape cf_macro_shape = {
  .name = "macro",
  .table = "macro",
  .size = sizeof (CfMacro),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (fields),
};
