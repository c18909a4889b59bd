/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation-params.h"

const char *const cf_conversation_filter_words[] = { "", "open", "closed", NULL };

static const CfField conversation_list_params_fields[] = {
  CF_ROW (CfConversationListParams, status, CF_KIND_ENUM, "status", 0, CF_AUDIENCE_ALL, .words = cf_conversation_filter_words),
  CF_ROW (CfConversationListParams, assignee_id, CF_KIND_ID, "assignee_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfConversationListParams, visitor_id, CF_KIND_ID, "visitor_id", 0, CF_AUDIENCE_ALL),
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
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (conversation_action_params_fields),
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
};

const CfShape cf_message_send_params_shape = {
  .name = "message_send_params",
  .size = sizeof (CfMessageSendParams),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (message_send_params_fields),
};
