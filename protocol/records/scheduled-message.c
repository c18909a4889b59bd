/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scheduled-message.h"

#include "../id.h"

const char *const cf_held_words[] = { "", "visitor_wrote", "closed", "agent_disabled", "refused", NULL };

static const CfField fields[] = {
  CF_RECORD_ROWS (CfScheduledMessage),
  CF_ROW (CfScheduledMessage, conversation_id, CF_KIND_ID, "conversation_id", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF),
  CF_ROW (CfScheduledMessage, author_id, CF_KIND_ID, "author_id", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF),
  CF_ROW (CfScheduledMessage, author_name, CF_KIND_STRING, "author_name", 0, CF_AUDIENCE_STAFF, .max = 100),
  CF_ROW (CfScheduledMessage, text, CF_KIND_TEXT, "text", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .min = 1, .max = CF_MESSAGE_TEXT_MAX),
  CF_ROW (CfScheduledMessage, reply_to, CF_KIND_ID, "reply_to", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfScheduledMessage, files, CF_KIND_STRINGS, "files", 0, CF_AUDIENCE_STAFF, .min = 1, .max = CF_ID_LENGTH, .help = "Ids of files."),
  CF_ROW (CfScheduledMessage, send_at, CF_KIND_INTEGER, "send_at", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .min = 1, .max = G_MAXINT64,
          .help = "Milliseconds UTC."),
  CF_ROW (CfScheduledMessage, unless_reply, CF_KIND_BOOLEAN, "unless_reply", 0, CF_AUDIENCE_STAFF, .help = "Held back when the visitor writes first."),
  CF_ROW (CfScheduledMessage, position, CF_KIND_INTEGER, "position", 0, CF_AUDIENCE_STAFF, .min = 0, .max = G_MAXINT64,
          .help = "The revision at which its author last decided."),
  CF_ROW (CfScheduledMessage, held, CF_KIND_ENUM, "held", 0, CF_AUDIENCE_STAFF, .words = cf_held_words, .help = "Why it was not sent."),
  CF_ROW (CfScheduledMessage, detail, CF_KIND_STRING, "detail", 0, CF_AUDIENCE_STAFF, .max = 300),
  CF_ROW (CfScheduledMessage, created_at, CF_KIND_TIME, "created_at", 0, CF_AUDIENCE_STAFF),
};

const CfShape cf_scheduled_message_shape = {
  .name = "scheduled_message",
  .table = "scheduled_message",
  .size = sizeof (CfScheduledMessage),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (fields),
};
