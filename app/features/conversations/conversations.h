/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "conversation-list.h"
#include "directory.h"

#include "app/cache/cache.h"
#include "app/cache/conversation-row.h"

#include "protocol/methods/signal.h"

G_BEGIN_DECLS

#define CFA_TYPE_CONVERSATIONS (cfa_conversations_get_type ())
G_DECLARE_FINAL_TYPE (CfaConversations, cfa_conversations, CFA, CONVERSATIONS, GObject)

/*
 * The conversations of the cache that somebody looks at, one object for each id for as long as it is held, and the lists that
 * show them. Signal: "counted": how much there is in the folders has changed. Main thread.
 */
CfaConversations    *cfa_conversations_new         (const char *agent_id, const char *agent_name, CfaCache *cache);
CfaConversation     *cfa_conversations_get         (CfaConversations *self, const char *id);
CfaConversation     *cfa_conversations_take        (CfaConversations *self, CfaConversationRow *row, CfaConversation *promised);
CfaConversationList *cfa_conversations_get_inbox   (CfaConversations *self, CfaInbox inbox);
CfaConversationList *cfa_conversations_get_folder  (CfaConversations *self, const char *folder);
CfaCount             cfa_conversations_get_count   (CfaConversations *self, const char *folder);
CfaDirectory        *cfa_conversations_get_directory (CfaConversations *self);
void                 cfa_conversations_begin       (CfaConversations *self);
void                 cfa_conversations_clear       (CfaConversations *self);
void                 cfa_conversations_stop        (CfaConversations *self);
void                 cfa_conversations_follow      (CfaConversations *self, CfaDelta *delta);
void                 cfa_conversations_set_writes  (CfaConversations *self, const char *id, GPtrArray *writes, gboolean now);
void                 cfa_conversations_hear        (CfaConversations *self, const CfSignal *signal);
void                 cfa_conversations_silence     (CfaConversations *self);

G_END_DECLS
