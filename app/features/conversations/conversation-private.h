/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "conversation.h"
#include "directory.h"

#include "app/cache/conversation-row.h"

G_BEGIN_DECLS

CfaConversation      *cfa_conversation_new             (void);
void                  cfa_conversation_arrive          (CfaConversation *self, CfaConversationRow *row,
                                                        const char *agent_id, const char *agent_name,
                                                        CfaDirectory *directory);
void                  cfa_conversation_update          (CfaConversation *self, CfaConversationRow *row, GPtrArray *writes);
void                  cfa_conversation_set_online      (CfaConversation *self, gboolean online);
void                  cfa_conversation_set_peek        (CfaConversation *self, const char *text);
void                  cfa_conversation_set_typing_name (CfaConversation *self, const char *name);
void                  cfa_conversation_set_viewers     (CfaConversation *self, const char *const *names, const char *const *ids);
void                  cfa_conversation_set_draft       (CfaConversation *self, const char *text, gboolean note);
void                  cfa_conversation_set_site_name   (CfaConversation *self, const char *name);
const CfConversation *cfa_conversation_get_record      (CfaConversation *self);
gint64                cfa_conversation_get_seen        (CfaConversation *self);
gboolean              cfa_conversation_knows_visitor   (CfaConversation *self);

G_END_DECLS
