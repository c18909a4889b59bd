/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "conversation-list.h"
#include "conversations.h"

#include "app/cache/cache.h"

G_BEGIN_DECLS

CfaConversationList *cfa_conversation_list_new           (const char *folder, CfaCache *cache, CfaConversations *conversations);
void                 cfa_conversation_list_begin         (CfaConversationList *self);
void                 cfa_conversation_list_clear         (CfaConversationList *self);
void                 cfa_conversation_list_follow        (CfaConversationList *self, const CfaDelta *delta, GHashTable *rows);
void                 cfa_conversation_list_stop          (CfaConversationList *self);
void                 cfa_conversation_list_set_loading   (CfaConversationList *self, gboolean loading);
void                 cfa_conversation_list_set_has_older (CfaConversationList *self, gboolean has_older);
guint                cfa_conversation_list_count_kept    (CfaConversationList *self);

G_END_DECLS
