/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "macro-params.h"

static const CfField macro_add_params_fields[] = {
  CF_ROW (CfMacroAddParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfMacroAddParams, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = CF_MACRO_NAME_MAX),
  CF_ROW (CfMacroAddParams, shared, CF_KIND_BOOLEAN, "shared", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfMacroAddParams, text, CF_KIND_TEXT, "text", 0, CF_AUDIENCE_ALL, .max = CF_MACRO_TEXT_MAX),
  CF_ROW (CfMacroAddParams, note, CF_KIND_TEXT, "note", 0, CF_AUDIENCE_ALL, .max = CF_MACRO_NOTE_MAX),
  CF_ROW (CfMacroAddParams, add_tags, CF_KIND_STRINGS, "add_tags", 0, CF_AUDIENCE_ALL, .min = 1, .max = 36, .help = "Ids of tags."),
  CF_ROW (CfMacroAddParams, remove_tags, CF_KIND_STRINGS, "remove_tags", 0, CF_AUDIENCE_ALL, .min = 1, .max = 36, .help = "Ids of tags."),
  CF_ROW (CfMacroAddParams, assign, CF_KIND_ENUM, "assign", 0, CF_AUDIENCE_ALL, .words = cf_macro_assign_words),
  CF_ROW (CfMacroAddParams, assignee_id, CF_KIND_ID, "assignee_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfMacroAddParams, department_id, CF_KIND_ID, "department_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfMacroAddParams, close, CF_KIND_BOOLEAN, "close", 0, CF_AUDIENCE_ALL),
};

const CfShape cf_macro_add_params_shape = {
  .name = "macro_add_params",
  .size = sizeof (CfMacroAddParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (macro_add_params_fields),
};

static const CfField macro_update_params_fields[] = {
  CF_ROW (CfMacroUpdateParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfMacroUpdateParams, name, CF_KIND_STRING, "name", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 1, .max = CF_MACRO_NAME_MAX),
  CF_ROW (CfMacroUpdateParams, text, CF_KIND_TEXT, "text", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .max = CF_MACRO_TEXT_MAX),
  CF_ROW (CfMacroUpdateParams, note, CF_KIND_TEXT, "note", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .max = CF_MACRO_NOTE_MAX),
  CF_ROW (CfMacroUpdateParams, add_tags, CF_KIND_STRINGS, "add_tags", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 1, .max = 36, .help = "Ids of tags."),
  CF_ROW (CfMacroUpdateParams, remove_tags, CF_KIND_STRINGS, "remove_tags", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .min = 1, .max = 36, .help = "Ids of tags."),
  CF_ROW (CfMacroUpdateParams, assign, CF_KIND_ENUM, "assign", CF_FIELD_GIVEN, CF_AUDIENCE_ALL, .words = cf_macro_assign_words),
  CF_ROW (CfMacroUpdateParams, assignee_id, CF_KIND_ID, "assignee_id", CF_FIELD_GIVEN, CF_AUDIENCE_ALL),
  CF_ROW (CfMacroUpdateParams, department_id, CF_KIND_ID, "department_id", CF_FIELD_GIVEN, CF_AUDIENCE_ALL),
  CF_ROW (CfMacroUpdateParams, close, CF_KIND_BOOLEAN, "close", CF_FIELD_GIVEN, CF_AUDIENCE_ALL),
};

const CfShape cf_macro_update_params_shape = {
  .name = "macro_update_params",
  .size = sizeof (CfMacroUpdateParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (macro_update_params_fields),
};
