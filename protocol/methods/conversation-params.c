/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation-params.h"

#include "../id.h"

const char *const cf_conversation_filter_words[] = { "", "open", "closed", NULL };

static const CfField conversation_list_params_fields[] = {
  CF_ROW (CfConversationListParams, status, CF_KIND_ENUM, "status", 0, CF_AUDIENCE_ALL, .words = cf_conversation_filter_words),
  CF_ROW (CfConversationListParams, assignee_id, CF_KIND_ID, "assignee_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfConversationListParams, visitor_id, CF_KIND_ID, "visitor_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfConversationListParams, site_id, CF_KIND_ID, "site_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfConversationListParams, before, CF_KIND_INTEGER, "before", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfConversationListParams, limit, CF_KIND_INTEGER, "limit", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_PAGE_MAX),
};

const CfShape cf_conversation_list_params_shape = {
  .name = "conversation_list_params",
  .size = sizeof (CfConversationListParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (conversation_list_params_fields),
};

static const CfField conversation_start_params_fields[] = {
  CF_ROW (CfConversationStartParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfConversationStartParams, message_id, CF_KIND_ID, "message_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfConversationStartParams, text, CF_KIND_TEXT, "text", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = CF_MESSAGE_TEXT_MAX),
  CF_ROW (CfConversationStartParams, visitor_id, CF_KIND_ID, "visitor_id", 0, CF_AUDIENCE_STAFF,
          .help = "By an agent: the visitor, who is on a page now."),
  CF_ROW (CfConversationStartParams, form, CF_KIND_STRUCT, "form", 0, CF_AUDIENCE_ALL, .shape = &cf_form_reply_shape,
          .help = "By a visitor: the site's form, filled in."),
};

const CfShape cf_conversation_start_params_shape = {
  .name = "conversation_start_params",
  .size = sizeof (CfConversationStartParams),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (conversation_start_params_fields),
};

static const CfField conversation_action_params_fields[] = {
  CF_ROW (CfConversationActionParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfConversationActionParams, event_id, CF_KIND_ID, "event_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
};

const CfShape cf_conversation_action_params_shape = {
  .name = "conversation_action_params",
  .size = sizeof (CfConversationActionParams),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (conversation_action_params_fields),
};

static const CfField conversation_transcript_params_fields[] = {
  CF_ROW (CfConversationTranscriptParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfConversationTranscriptParams, event_id, CF_KIND_ID, "event_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfConversationTranscriptParams, address, CF_KIND_STRING, "address", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 3, .max = 254),
};

const CfShape cf_conversation_transcript_params_shape = {
  .name = "conversation_transcript_params",
  .size = sizeof (CfConversationTranscriptParams),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (conversation_transcript_params_fields),
};

static const CfField conversation_assign_params_fields[] = {
  CF_ROW (CfConversationAssignParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfConversationAssignParams, event_id, CF_KIND_ID, "event_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfConversationAssignParams, agent_id, CF_KIND_ID, "agent_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
};

const CfShape cf_conversation_assign_params_shape = {
  .name = "conversation_assign_params",
  .size = sizeof (CfConversationAssignParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (conversation_assign_params_fields),
};

static const CfField conversation_transfer_params_fields[] = {
  CF_ROW (CfConversationTransferParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfConversationTransferParams, event_id, CF_KIND_ID, "event_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfConversationTransferParams, agent_id, CF_KIND_ID, "agent_id", 0, CF_AUDIENCE_ALL, .help = "Either this or department_id."),
  CF_ROW (CfConversationTransferParams, department_id, CF_KIND_ID, "department_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfConversationTransferParams, note, CF_KIND_TEXT, "note", 0, CF_AUDIENCE_ALL, .min = 1, .max = CF_MESSAGE_TEXT_MAX),
  CF_ROW (CfConversationTransferParams, note_id, CF_KIND_ID, "note_id", 0, CF_AUDIENCE_ALL, .help = "Given with a note."),
};

const CfShape cf_conversation_transfer_params_shape = {
  .name = "conversation_transfer_params",
  .size = sizeof (CfConversationTransferParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (conversation_transfer_params_fields),
};

static const CfField conversation_escalate_params_fields[] = {
  CF_ROW (CfConversationEscalateParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfConversationEscalateParams, event_id, CF_KIND_ID, "event_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfConversationEscalateParams, ended, CF_KIND_BOOLEAN, "ended", 0, CF_AUDIENCE_ALL, .help = "They are needed no longer."),
  CF_ROW (CfConversationEscalateParams, note, CF_KIND_TEXT, "note", 0, CF_AUDIENCE_ALL, .min = 1, .max = CF_MESSAGE_TEXT_MAX),
  CF_ROW (CfConversationEscalateParams, note_id, CF_KIND_ID, "note_id", 0, CF_AUDIENCE_ALL, .help = "Given with a note."),
};

const CfShape cf_conversation_escalate_params_shape = {
  .name = "conversation_escalate_params",
  .size = sizeof (CfConversationEscalateParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (conversation_escalate_params_fields),
};

static const CfField conversation_snooze_params_fields[] = {
  CF_ROW (CfConversationSnoozeParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfConversationSnoozeParams, event_id, CF_KIND_ID, "event_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfConversationSnoozeParams, until, CF_KIND_INTEGER, "until", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64,
          .help = "Milliseconds UTC, still to come; 0 ends it."),
};

const CfShape cf_conversation_snooze_params_shape = {
  .name = "conversation_snooze_params",
  .size = sizeof (CfConversationSnoozeParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (conversation_snooze_params_fields),
};

static const CfField conversation_tag_params_fields[] = {
  CF_ROW (CfConversationTagParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfConversationTagParams, tags, CF_KIND_STRINGS, "tags", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = CF_ID_LENGTH,
          .help = "Ids: all that it has from now on."),
};

const CfShape cf_conversation_tag_params_shape = {
  .name = "conversation_tag_params",
  .size = sizeof (CfConversationTagParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (conversation_tag_params_fields),
};

static const CfField conversation_pin_params_fields[] = {
  CF_ROW (CfConversationPinParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfConversationPinParams, message_id, CF_KIND_STRING, "message_id", 0, CF_AUDIENCE_ALL, .max = CF_ID_LENGTH,
          .help = "A note of this conversation; empty for none."),
};

const CfShape cf_conversation_pin_params_shape = {
  .name = "conversation_pin_params",
  .size = sizeof (CfConversationPinParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (conversation_pin_params_fields),
};

static const CfField conversation_rate_params_fields[] = {
  CF_ROW (CfConversationRateParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfConversationRateParams, rating, CF_KIND_INTEGER, "rating", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = 5),
  CF_ROW (CfConversationRateParams, survey, CF_KIND_STRUCT, "survey", 0, CF_AUDIENCE_ALL, .shape = &cf_survey_answer_shape,
          .help = "Where it was not asked for in stars: a thumb is worth 1 or 5 of them, 0 to 10 half as many, rounded up, at least 1."),
  CF_ROW (CfConversationRateParams, comment, CF_KIND_TEXT, "comment", 0, CF_AUDIENCE_ALL, .max = CF_CONVERSATION_COMMENT_MAX),
};

const CfShape cf_conversation_rate_params_shape = {
  .name = "conversation_rate_params",
  .size = sizeof (CfConversationRateParams),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (conversation_rate_params_fields),
};

static const CfField conversation_answer_params_fields[] = {
  CF_ROW (CfConversationAnswerParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfConversationAnswerParams, field, CF_KIND_ID, "field", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .help = "The conversation's question_id."),
  CF_ROW (CfConversationAnswerParams, value, CF_KIND_STRING, "value", 0, CF_AUDIENCE_ALL, .min = 1, .max = CF_FORM_VALUE_MAX,
          .help = "None passes over what need not be answered."),
};

const CfShape cf_conversation_answer_params_shape = {
  .name = "conversation_answer_params",
  .size = sizeof (CfConversationAnswerParams),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (conversation_answer_params_fields),
};

static const CfField conversation_read_params_fields[] = {
  CF_ROW (CfConversationReadParams, conversation_id, CF_KIND_ID, "conversation_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfConversationReadParams, position, CF_KIND_INTEGER, "position", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
};

const CfShape cf_conversation_read_params_shape = {
  .name = "conversation_read_params",
  .size = sizeof (CfConversationReadParams),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (conversation_read_params_fields),
};

static const CfField message_list_params_fields[] = {
  CF_ROW (CfMessageListParams, conversation_id, CF_KIND_ID, "conversation_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfMessageListParams, before, CF_KIND_INTEGER, "before", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfMessageListParams, limit, CF_KIND_INTEGER, "limit", 0, CF_AUDIENCE_ALL, .min = 0, .max = CF_PAGE_MAX),
};

const CfShape cf_message_list_params_shape = {
  .name = "message_list_params",
  .size = sizeof (CfMessageListParams),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (message_list_params_fields),
};

static const CfField message_send_params_fields[] = {
  CF_ROW (CfMessageSendParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfMessageSendParams, conversation_id, CF_KIND_ID, "conversation_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfMessageSendParams, text, CF_KIND_TEXT, "text", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = CF_MESSAGE_TEXT_MAX),
  CF_ROW (CfMessageSendParams, reply_to, CF_KIND_ID, "reply_to", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfMessageSendParams, mentions, CF_KIND_STRINGS, "mentions", 0, CF_AUDIENCE_STAFF, .min = 1, .max = CF_ID_LENGTH,
          .help = "Notes: ids of agents."),
  CF_ROW (CfMessageSendParams, files, CF_KIND_STRINGS, "files", 0, CF_AUDIENCE_ALL, .min = 1, .max = CF_ID_LENGTH, .help = "Ids of files."),
  CF_ROW (CfMessageSendParams, after, CF_KIND_INTEGER, "after", CF_FIELD_GIVEN, CF_AUDIENCE_STAFF, .min = 0, .max = G_MAXINT64,
          .help = "Position of the last text seen; refused when a colleague has written since."),
};

const CfShape cf_message_send_params_shape = {
  .name = "message_send_params",
  .size = sizeof (CfMessageSendParams),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (message_send_params_fields),
};

static const CfField message_edit_params_fields[] = {
  CF_ROW (CfMessageEditParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfMessageEditParams, text, CF_KIND_TEXT, "text", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = CF_MESSAGE_TEXT_MAX),
};

const CfShape cf_message_edit_params_shape = {
  .name = "message_edit_params",
  .size = sizeof (CfMessageEditParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (message_edit_params_fields),
};
