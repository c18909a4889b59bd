/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "conversation-list.h"

#include "app/cache/conversation-row.h"

#include "protocol/methods/signal.h"

G_BEGIN_DECLS

#define CFA_TYPE_CONVERSATIONS (cfa_conversations_get_type ())
G_DECLARE_FINAL_TYPE (CfaConversations, cfa_conversations, CFA, CONVERSATIONS, GObject)

/*
 * All conversations of the cache as objects, one for each id, and the four inboxes that show them. Main thread.
 */
CfaConversations    *cfa_conversations_new         (const char *agent_id, const char *agent_name);
CfaConversation     *cfa_conversations_get         (CfaConversations *self, const char *id);
CfaConversationList *cfa_conversations_get_inbox   (CfaConversations *self, CfaInbox inbox);
void                 cfa_conversations_take_rows   (CfaConversations *self, GPtrArray *rows);
void                 cfa_conversations_set_writes  (CfaConversations *self, const char *id, GPtrArray *writes, gboolean now);
void                 cfa_conversations_remove      (CfaConversations *self, const char *id);
void                 cfa_conversations_clear       (CfaConversations *self);
void                 cfa_conversations_set_loading (CfaConversations *self, gboolean loading);
void                 cfa_conversations_hear        (CfaConversations *self, const CfSignal *signal);
void                 cfa_conversations_silence     (CfaConversations *self);

G_END_DECLS
