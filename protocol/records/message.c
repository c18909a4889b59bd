/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "message.h"

const char *const cf_message_kind_words[] = { "text", "note", "event", NULL };
const char *const cf_message_event_words[] = { "", "assigned", "unassigned", "closed", "reopened",
                                               "transferred", "snoozed", "woken", "escalated", "deescalated",
                                               "transcript_sent", "transcript_failed", NULL };

static const CfField fields[] = {
  CF_RECORD_ROWS (CfMessage),
  CF_ROW (CfMessage, conversation_id, CF_KIND_ID, "conversation_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfMessage, visitor_id, CF_KIND_ID, "visitor_id", 0, CF_AUDIENCE_NONE),
  CF_ROW (CfMessage, position, CF_KIND_INTEGER, "position", 0, CF_AUDIENCE_ALL, .max = G_MAXINT64),
  CF_ROW (CfMessage, kind, CF_KIND_ENUM, "kind", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .words = cf_message_kind_words),
  CF_ROW (CfMessage, event, CF_KIND_ENUM, "event", 0, CF_AUDIENCE_ALL, .words = cf_message_event_words),
  CF_ROW (CfMessage, staff_only, CF_KIND_BOOLEAN, "staff_only", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfMessage, author_kind, CF_KIND_ENUM, "author_kind", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .words = cf_author_kind_words),
  CF_ROW (CfMessage, author_id, CF_KIND_ID, "author_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfMessage, author_name, CF_KIND_STRING, "author_name", 0, CF_AUDIENCE_ALL, .max = 100),
  CF_ROW (CfMessage, target_id, CF_KIND_ID, "target_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfMessage, target_name, CF_KIND_STRING, "target_name", 0, CF_AUDIENCE_ALL, .max = 254),
  CF_ROW (CfMessage, text, CF_KIND_TEXT, "text", 0, CF_AUDIENCE_ALL, .max = CF_MESSAGE_TEXT_MAX),
  CF_ROW (CfMessage, created_at, CF_KIND_TIME, "created_at", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfMessage, reply_to, CF_KIND_ID, "reply_to", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfMessage, mentions, CF_KIND_STRINGS, "mentions", 0, CF_AUDIENCE_STAFF, .min = 1, .max = 36, .help = "Ids of agents."),
  CF_ROW (CfMessage, files, CF_KIND_STRINGS, "files", 0, CF_AUDIENCE_ALL, .min = 1, .max = 36, .help = "Ids of files."),
  CF_ROW (CfMessage, edited_at, CF_KIND_TIME, "edited_at", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfMessage, removed_at, CF_KIND_TIME, "removed_at", 0, CF_AUDIENCE_ALL),
};

const CfShape cf_message_shape = {
  .name = "message",
  .table = "message",
  .size = sizeof (CfMessage),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (fields),
};

/**
 * cf_message_event_is_staff_only:
 * Returns: whether an event is the staff's own business: putting a conversation off, calling the supervisors.
 */
gboolean
cf_message_event_is_staff_only (CfMessageEvent event)
{
  return event == CF_MESSAGE_EVENT_SNOOZED || event == CF_MESSAGE_EVENT_WOKEN || event == CF_MESSAGE_EVENT_ESCALATED
         || event == CF_MESSAGE_EVENT_DEESCALATED;
}
