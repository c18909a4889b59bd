/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "team-message.h"

#include "../id.h"

static const CfField fields[] = {
  CF_RECORD_ROWS (CfMessage),
  CF_ROW (CfMessage, conversation_id, CF_KIND_ID, "conversation_id", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .help = "The channel."),
  CF_ROW (CfTeamMessage, members, CF_KIND_STRINGS, "members", 0, CF_AUDIENCE_NONE, .min = 1, .max = CF_ID_LENGTH),
  CF_ROW (CfMessage, position, CF_KIND_INTEGER, "position", 0, CF_AUDIENCE_STAFF, .max = G_MAXINT64),
  CF_ROW (CfMessage, author_kind, CF_KIND_ENUM, "author_kind", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .words = cf_author_kind_words),
  CF_ROW (CfMessage, author_id, CF_KIND_ID, "author_id", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF),
  CF_ROW (CfMessage, author_name, CF_KIND_STRING, "author_name", 0, CF_AUDIENCE_STAFF, .max = 100),
  CF_ROW (CfMessage, text, CF_KIND_TEXT, "text", 0, CF_AUDIENCE_STAFF, .max = CF_MESSAGE_TEXT_MAX),
  CF_ROW (CfMessage, created_at, CF_KIND_TIME, "created_at", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfMessage, reply_to, CF_KIND_ID, "reply_to", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfMessage, mentions, CF_KIND_STRINGS, "mentions", 0, CF_AUDIENCE_STAFF, .min = 1, .max = CF_ID_LENGTH, .help = "Ids of members."),
  CF_ROW (CfMessage, files, CF_KIND_STRINGS, "files", 0, CF_AUDIENCE_STAFF, .min = 1, .max = CF_ID_LENGTH, .help = "Ids of files."),
  CF_ROW (CfMessage, edited_at, CF_KIND_TIME, "edited_at", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfMessage, removed_at, CF_KIND_TIME, "removed_at", 0, CF_AUDIENCE_STAFF),
};

const CfShape cf_team_message_shape = {
  .name = "team_message",
  .table = "team_message",
  .size = sizeof (CfTeamMessage),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (fields),
};
