/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"
#include "../methods/form-reply.h"
#include "../methods/site-survey.h"
#include "author-kind.h"

G_BEGIN_DECLS

typedef enum
{
  CF_CONVERSATION_OPEN,
  CF_CONVERSATION_CLOSED,
} CfConversationStatus;

extern const char *const cf_conversation_status_words[];

/* Of a rating, in characters. */
#define CF_CONVERSATION_COMMENT_MAX 2000

/* What its visitor's words sound like. */
typedef enum
{
  CF_MOOD_NONE,
  CF_MOOD_POSITIVE,
  CF_MOOD_NEUTRAL,
  CF_MOOD_NEGATIVE,
} CfMood;

extern const char *const cf_mood_words[];

/**
 * CfConversation:
 * What a visitor and the team say to each other about one matter.
 *
 * Positions are revisions: they only grow, and their gaps tell a visitor nothing about staff notes.
 */
typedef struct
{
  CfRecord parent;
  char *site_id;
  char *visitor_id;
  CfConversationStatus status;
  char *assignee_id;
  char *assignee_name;
  gint64 created_at;
  gint64 closed_at;
  gint64 last_message_at; /* of the last public message */
  gint64 last_position; /* of the last public message */
  CfAuthorKind last_author; /* who wrote it */
  char *preview; /* its first words */
  gint64 waiting_since; /* first visitor message without an answer; 0 = answered */
  char *department_id;
  char **tags; /* ids */
  gint64 escalated_at; /* when the supervisors were called, ms UTC; 0 = they are not */
  gint64 snoozed_until; /* open, but out of sight until then or until the visitor writes; 0 = not */
  char *pinned_id; /* the note that stands above all others */
  gint64 rating; /* by the visitor, 1 to 5; 0 = none */
  CfSurveyAnswer *survey; /* what they said where they were not asked for stars */
  char *rating_comment;
  gint64 rated_at;
  char *rated_agent_id; /* whom the rating is of: the assignee of that time */
  CfMood mood;
  gint64 mood_score; /* what the mood follows from, when the visitor goes on writing */
  CfFormAnswers *answers; /* to what the site asks; contact details are the visitor's instead */
  gboolean away; /* began while the site was outside its hours */
  char *question_id; /* the field of the site's form that its visitor is asked now; NULL = none */
  char **questions_done; /* ids of those that were answered or passed over in it: never on the wire */
} CfConversation;

extern const CfShape cf_conversation_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfConversation, cf_struct_unref)

G_END_DECLS
