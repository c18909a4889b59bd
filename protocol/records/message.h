/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"
#include "author-kind.h"

G_BEGIN_DECLS

/* In characters; with any content such a message stays below the frame limit of 64 KiB. */
#define CF_MESSAGE_TEXT_MAX 8000

/* How long its author may edit or remove a text or note. */
#define CF_MESSAGE_EDIT_MS (15 * 60 * 1000)

/* Agents whom one note can call. */
#define CF_MESSAGE_MENTIONS_MAX 20

typedef enum
{
  CF_MESSAGE_TEXT,
  CF_MESSAGE_NOTE, /* staff only */
  CF_MESSAGE_EVENT,
} CfMessageKind;

typedef enum
{
  CF_MESSAGE_EVENT_NONE,
  CF_MESSAGE_EVENT_ASSIGNED,
  CF_MESSAGE_EVENT_UNASSIGNED, /* the target's name is that of whoever had it */
  CF_MESSAGE_EVENT_CLOSED,
  CF_MESSAGE_EVENT_REOPENED,
  CF_MESSAGE_EVENT_TRANSFERRED, /* to another agent or to a department */
  CF_MESSAGE_EVENT_SNOOZED, /* staff only */
  CF_MESSAGE_EVENT_WOKEN, /* staff only */
  CF_MESSAGE_EVENT_ESCALATED, /* staff only, as the next */
  CF_MESSAGE_EVENT_DEESCALATED,
  CF_MESSAGE_EVENT_TRANSCRIPT_SENT, /* by mail; the target's name is the address */
  CF_MESSAGE_EVENT_TRANSCRIPT_FAILED,
} CfMessageEvent;

extern const char *const cf_message_kind_words[];
extern const char *const cf_message_event_words[];

gboolean cf_message_event_is_staff_only (CfMessageEvent event);

/**
 * CfMessage:
 * A line in a conversation: a text, a staff note, or an event such as "closed".
 *
 * Ordered by (position, id). Notes and staff-only events never reach a visitor.
 */
typedef struct
{
  CfRecord parent;
  char *conversation_id;
  char *visitor_id; /* whose conversation it is; never on the wire */
  gint64 position; /* the revision that made it */
  CfMessageKind kind;
  CfMessageEvent event;
  gboolean staff_only;
  CfAuthorKind author_kind;
  char *author_id;
  char *author_name; /* as it was when written */
  char *target_id; /* CF_MESSAGE_EVENT_ASSIGNED: the agent; CF_MESSAGE_EVENT_TRANSFERRED: the agent or department */
  char *target_name; /* an email address at most */
  char *text;
  gint64 created_at;
  char *reply_to; /* the message that is quoted */
  char **mentions; /* ids of agents whom a note calls */
  char **files; /* ids */
  gint64 edited_at; /* 0 = never */
  gint64 removed_at; /* by its author, or an admin: its text is gone; 0 = it stands */
} CfMessage;

extern const CfShape cf_message_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfMessage, cf_struct_unref)

G_END_DECLS
