/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "form-reply.h"
#include "results.h"
#include "../record.h"
#include "../records/conversation.h"
#include "../records/message.h"

G_BEGIN_DECLS

/* Params of the conversation and message methods. */

typedef enum
{
  CF_CONVERSATION_FILTER_ANY,
  CF_CONVERSATION_FILTER_OPEN,
  CF_CONVERSATION_FILTER_CLOSED,
} CfConversationFilter;

extern const char *const cf_conversation_filter_words[];

/**
 * CfConversationListParams:
 * conversation.list: newest last message first.
 */
typedef struct
{
  CfStruct parent;
  CfConversationFilter status;
  char *assignee_id;
  char *visitor_id;
  char *site_id;
  gint64 before; /* last_position of the last row of the page before; 0 = from the newest */
  gint64 limit;
} CfConversationListParams;

extern const CfShape cf_conversation_list_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfConversationListParams, cf_struct_unref)

/**
 * CfConversationStartParams:
 * conversation.start: by a visitor, with the first message; or by an agent, to a visitor who is on a page.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *message_id;
  char *text;
  char *visitor_id; /* by an agent: to whom */
  CfFormReply *form; /* by a visitor: what the site asks before */
} CfConversationStartParams;

extern const CfShape cf_conversation_start_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfConversationStartParams, cf_struct_unref)

/**
 * CfConversationActionParams:
 * conversation.accept, unassign, close, reopen.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *event_id; /* of the event message that this makes; a repeat is recognised by it */
} CfConversationActionParams;

extern const CfShape cf_conversation_action_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfConversationActionParams, cf_struct_unref)

/**
 * CfConversationTranscriptParams:
 * conversation.transcript
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *event_id; /* of the event message that stands there when it was sent, or was given up; a repeat is recognised by it */
  char *address; /* where it goes by mail */
} CfConversationTranscriptParams;

extern const CfShape cf_conversation_transcript_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfConversationTranscriptParams, cf_struct_unref)

/**
 * CfConversationAssignParams:
 * conversation.assign
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *event_id;
  char *agent_id;
} CfConversationAssignParams;

extern const CfShape cf_conversation_assign_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfConversationAssignParams, cf_struct_unref)

/**
 * CfConversationTransferParams:
 * conversation.transfer: to another agent or to a department, with words for who gets it.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *event_id;
  char *agent_id; /* exactly one of the two */
  char *department_id;
  char *note;
  char *note_id; /* the note's, when there is one */
} CfConversationTransferParams;

extern const CfShape cf_conversation_transfer_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfConversationTransferParams, cf_struct_unref)

/**
 * CfConversationEscalateParams:
 * conversation.escalate: the supervisors are called, with words for them, or ("ended") needed no longer.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *event_id;
  gboolean ended;
  char *note;
  char *note_id; /* the note's, when there is one */
} CfConversationEscalateParams;

extern const CfShape cf_conversation_escalate_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfConversationEscalateParams, cf_struct_unref)

/**
 * CfConversationSnoozeParams:
 * conversation.snooze
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *event_id;
  gint64 until; /* ms UTC, still to come; 0 = it waits no longer */
} CfConversationSnoozeParams;

extern const CfShape cf_conversation_snooze_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfConversationSnoozeParams, cf_struct_unref)

/* Tags that a conversation can have. */
#define CF_CONVERSATION_TAGS_MAX 20

/**
 * CfConversationTagParams:
 * conversation.tag
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char **tags; /* ids: all that it has from now on; an empty list for none */
} CfConversationTagParams;

extern const CfShape cf_conversation_tag_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfConversationTagParams, cf_struct_unref)

/**
 * CfConversationPinParams:
 * conversation.pin
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *message_id; /* a note; NULL or "" = none */
} CfConversationPinParams;

extern const CfShape cf_conversation_pin_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfConversationPinParams, cf_struct_unref)

/**
 * CfConversationRateParams:
 * conversation.rate: what its visitor thinks of it.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  gint64 rating; /* 1 to 5 */
  CfSurveyAnswer *survey; /* (nullable): where they were not asked for stars: what the rating follows from */
  char *comment;
} CfConversationRateParams;

extern const CfShape cf_conversation_rate_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfConversationRateParams, cf_struct_unref)

/**
 * CfConversationAnswerParams:
 * conversation.answer: what its visitor says to the question that it asks them.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *field; /* the id of the question */
  char *value; /* (nullable): it is passed over */
} CfConversationAnswerParams;

extern const CfShape cf_conversation_answer_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfConversationAnswerParams, cf_struct_unref)

/**
 * CfConversationReadParams:
 * conversation.read: everything up to position was seen.
 */
typedef struct
{
  CfStruct parent;
  char *conversation_id;
  gint64 position;
} CfConversationReadParams;

extern const CfShape cf_conversation_read_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfConversationReadParams, cf_struct_unref)

/**
 * CfMessageListParams:
 * message.list: newest first in time, returned oldest first.
 */
typedef struct
{
  CfStruct parent;
  char *conversation_id;
  gint64 before; /* position of the oldest message at hand; 0 = from the newest */
  gint64 limit;
} CfMessageListParams;

extern const CfShape cf_message_list_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfMessageListParams, cf_struct_unref)

/**
 * CfMessageSendParams:
 * message.send, note.add
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *conversation_id;
  char *text;
  char *reply_to; /* the message that is quoted */
  char **mentions; /* note.add: ids of the agents whom it calls */
  char **files; /* message.send: ids */
  gint64 after; /* message.send by an agent, when given: position of the last text that they have seen; a colleague's newer one refuses it */
} CfMessageSendParams;

extern const CfShape cf_message_send_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfMessageSendParams, cf_struct_unref)

/**
 * CfMessageEditParams:
 * message.edit
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *text;
} CfMessageEditParams;

extern const CfShape cf_message_edit_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfMessageEditParams, cf_struct_unref)

G_END_DECLS
