/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/records/conversation.h"
#include "protocol/records/message.h"

G_BEGIN_DECLS

/* The steps that all writes in conversations are made of. */

/**
 * CfdConversationLine:
 * A message as a call asks for it; what a repeat of the call is recognised by.
 */
typedef struct
{
  const char *id;
  const char *conversation_id; /* NULL: whichever it went into */
  CfMessageKind kind;
  CfMessageEvent event;
  const char *text;
  const char *target_id;
  const char *target_name; /* not compared: names change */
  const char *reply_to;
  char **files;
} CfdConversationLine;

CfConversation *cfd_conversation_steps_require       (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error);
gboolean        cfd_conversation_steps_mask          (CfdTx *tx, const char *conversation_id, const char *text, char **out, GError **error);
CfMessage      *cfd_conversation_steps_require_line  (CfdTx *tx, const CfdCaller *caller, const CfConversation *conversation,
                                                      const char *id, GError **error);
CfAgent        *cfd_conversation_steps_require_agent (CfdTx *tx, const CfdCaller *caller, const CfConversation *conversation,
                                                      const char *id, GError **error);
gboolean        cfd_conversation_steps_put           (CfdTx *tx, GPtrArray *touched, gpointer record, GError **error);
gboolean        cfd_conversation_steps_find_repeat   (CfdTx *tx, const CfdCaller *caller, const CfdConversationLine *line, GPtrArray **done,
                                                      GError **error);
gboolean        cfd_conversation_steps_add_event     (CfdTx *tx, const CfdCaller *author, const CfConversation *conversation,
                                                      const CfdConversationLine *line, GPtrArray *touched, GError **error);
gboolean        cfd_conversation_steps_reopen        (CfdTx *tx, const CfdCaller *caller, CfConversation *conversation,
                                                      const char *event_id, GPtrArray *touched, GError **error);
GPtrArray      *cfd_conversation_steps_unchanged     (gpointer record);

G_END_DECLS
