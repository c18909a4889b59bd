/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation.h"

const char *const cf_conversation_status_words[] = { "open", "closed", NULL };

const char *const cf_mood_words[] = { "", "positive", "neutral", "negative", NULL };

static const CfField fields[] = {
  CF_RECORD_ROWS (CfConversation),
  CF_ROW (CfConversation, site_id, CF_KIND_ID, "site_id", CF_FIELD_REQUIRED | CF_FIELD_FIXED, CF_AUDIENCE_ALL),
  CF_ROW (CfConversation, visitor_id, CF_KIND_ID, "visitor_id", CF_FIELD_REQUIRED | CF_FIELD_FIXED, CF_AUDIENCE_ALL),
  CF_ROW (CfConversation, status, CF_KIND_ENUM, "status", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .words = cf_conversation_status_words),
  CF_ROW (CfConversation, assignee_id, CF_KIND_ID, "assignee_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfConversation, assignee_name, CF_KIND_STRING, "assignee_name", 0, CF_AUDIENCE_ALL, .max = 100),
  CF_ROW (CfConversation, created_at, CF_KIND_TIME, "created_at", CF_FIELD_FIXED, CF_AUDIENCE_ALL),
  CF_ROW (CfConversation, closed_at, CF_KIND_TIME, "closed_at", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfConversation, last_message_at, CF_KIND_TIME, "last_message_at", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfConversation, last_position, CF_KIND_INTEGER, "last_position", 0, CF_AUDIENCE_ALL, .max = G_MAXINT64),
  CF_ROW (CfConversation, last_author, CF_KIND_ENUM, "last_author", 0, CF_AUDIENCE_ALL, .words = cf_author_kind_words),
  CF_ROW (CfConversation, preview, CF_KIND_STRING, "preview", 0, CF_AUDIENCE_ALL, .max = 200),
  CF_ROW (CfConversation, waiting_since, CF_KIND_TIME, "waiting_since", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfConversation, department_id, CF_KIND_ID, "department_id", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfConversation, tags, CF_KIND_STRINGS, "tags", 0, CF_AUDIENCE_STAFF, .min = 1, .max = 36, .help = "Ids of tags."),
  CF_ROW (CfConversation, snoozed_until, CF_KIND_TIME, "snoozed_until", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfConversation, pinned_id, CF_KIND_ID, "pinned_id", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfConversation, rating, CF_KIND_INTEGER, "rating", 0, CF_AUDIENCE_ALL, .min = 0, .max = 5),
  CF_ROW (CfConversation, rating_comment, CF_KIND_TEXT, "rating_comment", 0, CF_AUDIENCE_ALL, .max = CF_CONVERSATION_COMMENT_MAX),
  CF_ROW (CfConversation, mood, CF_KIND_ENUM, "mood", 0, CF_AUDIENCE_STAFF, .words = cf_mood_words),
  CF_ROW (CfConversation, rated_at, CF_KIND_TIME, "rated_at", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfConversation, rated_agent_id, CF_KIND_ID, "rated_agent_id", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfConversation, mood_score, CF_KIND_INTEGER, "mood_score", 0, CF_AUDIENCE_NONE, .min = -40, .max = 40),
  CF_ROW (CfConversation, answers, CF_KIND_STRUCT, "answers", 0, CF_AUDIENCE_STAFF, .shape = &cf_form_answers_shape),
  CF_ROW (CfConversation, escalated_at, CF_KIND_TIME, "escalated_at", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfConversation, survey, CF_KIND_STRUCT, "survey", 0, CF_AUDIENCE_ALL, .shape = &cf_survey_answer_shape,
          .help = "What the rating follows from, where the visitor was not asked for stars."),
  CF_ROW (CfConversation, away, CF_KIND_BOOLEAN, "away", CF_FIELD_FIXED, CF_AUDIENCE_ALL, .help = "It began outside the hours of the site."),
  CF_ROW (CfConversation, question_id, CF_KIND_ID, "question_id", 0, CF_AUDIENCE_ALL, .help = "The field of the site's form that the visitor is asked now."),
  CF_ROW (CfConversation, questions_done, CF_KIND_STRINGS, "questions_done", 0, CF_AUDIENCE_NONE, .min = 1, .max = 36),
};

const CfShape cf_conversation_shape = {
  .name = "conversation",
  .table = "conversation",
  .size = sizeof (CfConversation),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (fields),
};
