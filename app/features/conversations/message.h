/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "protocol/records/message.h"

G_BEGIN_DECLS

/* docs/protocol.md: so long its author may edit or remove a message. */
#define CFA_MESSAGE_CHANGE_MS ((gint64) 15 * 60 * 1000)

/**
 * CfaMessageState:
 * How far an own message has got. Others' messages are always SENT.
 */
typedef enum
{
  CFA_MESSAGE_SENDING, /* in the outbox: also while offline, also after a restart */
  CFA_MESSAGE_SENT,    /* the server has acknowledged it */
  CFA_MESSAGE_SEEN,    /* the visitor's read mark is at or past it */
  CFA_MESSAGE_FAILED,  /* the server refused it for good; the text is kept, see "error" */
} CfaMessageState;

#define CFA_TYPE_MESSAGE (cfa_message_get_type ())
G_DECLARE_FINAL_TYPE (CfaMessage, cfa_message, CFA, MESSAGE, GObject)

/*
 * One line of a conversation as pages show it. Properties (all read-only, notified):
 * "id" string · "position" int64 (0 while sending) · "kind" int CfMessageKind · "event" int CfMessageEvent ·
 * "author-kind" int · "author-id" string · "author-name" string · "target-name" string · "text" string ·
 * "created-at" int64 ms UTC · "own" boolean (written by the signed-in agent) · "state" int CfaMessageState ·
 * "error" string, what to tell the person when FAILED · "edited" boolean · "removed" boolean: its text is gone.
 */
const char      *cfa_message_get_id          (CfaMessage *self);
gint64           cfa_message_get_position    (CfaMessage *self);
CfMessageKind    cfa_message_get_kind        (CfaMessage *self);
CfMessageEvent   cfa_message_get_event       (CfaMessage *self);
CfAuthorKind     cfa_message_get_author_kind (CfaMessage *self);
const char      *cfa_message_get_author_id   (CfaMessage *self);
const char      *cfa_message_get_author_name (CfaMessage *self);
const char      *cfa_message_get_target_name (CfaMessage *self);
const char      *cfa_message_get_text        (CfaMessage *self);
gint64           cfa_message_get_created_at  (CfaMessage *self);
gboolean         cfa_message_get_own         (CfaMessage *self);
gboolean         cfa_message_get_incoming    (CfaMessage *self); /* from the other side: the visitor; in a channel, any colleague */
CfaMessageState  cfa_message_get_state       (CfaMessage *self);
const char      *cfa_message_get_error       (CfaMessage *self);
gboolean         cfa_message_get_overtaken   (CfaMessage *self);
gint64           cfa_message_get_due         (CfaMessage *self); /* while SENDING: until then it can be called back, ms UTC; 0 = it cannot */
const char      *cfa_message_get_reply_to    (CfaMessage *self);
const char *const *
                 cfa_message_get_mentions    (CfaMessage *self);
const char *const *
                 cfa_message_get_files       (CfaMessage *self);
gboolean         cfa_message_get_edited      (CfaMessage *self);
gboolean         cfa_message_get_removed     (CfaMessage *self);
gboolean         cfa_message_can_change      (CfaMessage *self, gint64 now);

G_END_DECLS
