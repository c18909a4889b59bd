/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"
#include "message.h"

G_BEGIN_DECLS

/* How far ahead something can be put off: a year and a day, so that "in a year" fits whatever the clocks say. */
#define CF_SCHEDULE_MAX_MS (G_GINT64_CONSTANT (366) * 24 * 60 * 60 * 1000)

/* What waits in one conversation at most. */
#define CF_SCHEDULED_MAX 20

typedef enum
{
  CF_HELD_NO,            /* it waits for its time */
  CF_HELD_VISITOR_WROTE, /* and was to go only if they did not */
  CF_HELD_CLOSED,        /* a colleague has closed the conversation since */
  CF_HELD_AGENT_DISABLED, /* its author cannot sign in any more */
  CF_HELD_REFUSED,       /* see the detail */
} CfHeld;

extern const char *const cf_held_words[];

/**
 * CfScheduledMessage:
 * An answer that the server sends at its time, in its author's name. The message that it becomes has its id; then, and when it is
 * cancelled, this is a tombstone. When it could not go it stays, held back, until somebody decides.
 */
typedef struct
{
  CfRecord parent;
  char *conversation_id;
  char *author_id;
  char *author_name;
  char *text;
  char *reply_to;
  char **files;          /* ids; the visitor sees them when the message brings them */
  gint64 send_at;        /* ms UTC */
  gboolean unless_reply; /* not when the visitor writes first */
  gint64 position;       /* what the visitor wrote behind this, its author has not seen */
  CfHeld held;
  char *detail; /* CF_HELD_REFUSED: why */
  gint64 created_at;
} CfScheduledMessage;

extern const CfShape cf_scheduled_message_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfScheduledMessage, cf_struct_unref)

G_END_DECLS
