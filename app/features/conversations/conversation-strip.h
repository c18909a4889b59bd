/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "conversation.h"
#include "directory.h"
#include "message.h"

G_BEGIN_DECLS

#define CFA_TYPE_CONVERSATION_STRIP (cfa_conversation_strip_get_type ())
G_DECLARE_FINAL_TYPE (CfaConversationStrip, cfa_conversation_strip, CFA, CONVERSATION_STRIP, GtkBox)

/*
 * Below the head of a conversation: its tags, until when it is snoozed, and the note that is pinned. Nothing when there is none of it.
 * Its buttons activate "win.wake", "win.end-escalation", "conversation.untag" and "conversation.show-message" with an id, and "conversation.unpin".
 */
GtkWidget *cfa_conversation_strip_new    (void);
void       cfa_conversation_strip_update (CfaConversationStrip *self, CfaConversation *conversation, CfaDirectory *directory,
                                          CfaMessage *pinned);

G_END_DECLS
