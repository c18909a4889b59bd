/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "conversation-list.h"

G_BEGIN_DECLS

CfaConversationList *cfa_conversation_list_new           (CfaInbox inbox);
void                 cfa_conversation_list_place         (CfaConversationList *self, CfaConversation **conversations, guint n);
void                 cfa_conversation_list_remove        (CfaConversationList *self, CfaConversation *conversation);
void                 cfa_conversation_list_set_loading   (CfaConversationList *self, gboolean loading);
void                 cfa_conversation_list_set_has_older (CfaConversationList *self, gboolean has_older);

G_END_DECLS
