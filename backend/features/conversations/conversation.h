/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/rpc/caller.h"
#include "protocol/records/conversation.h"
#include "protocol/records/message.h"

G_BEGIN_DECLS

CfMessage *cfd_conversation_new_message  (const CfConversation *self, const char *id, CfMessageKind kind, const CfdCaller *author,
                                          gint64 position, gint64 now);
CfMessage *cfd_conversation_new_event    (const CfConversation *self, const char *id, CfMessageEvent event, const CfdCaller *author,
                                          gint64 position, gint64 now);
void       cfd_conversation_take_text    (CfConversation *self, const CfMessage *message);
gboolean   cfd_conversation_retell       (CfConversation *self, const CfMessage *message);
gboolean   cfd_conversation_hear_anew    (CfConversation *self, const GPtrArray *texts);
void       cfd_conversation_assign       (CfConversation *self, const char *agent_id, const char *agent_name);
void       cfd_conversation_enter        (CfConversation *self, const char *department_id);
gboolean   cfd_conversation_tag          (CfConversation *self, const char *const *tags);
void       cfd_conversation_pin          (CfConversation *self, const char *message_id);
void       cfd_conversation_rate         (CfConversation *self, gint64 rating, const CfSurveyAnswer *survey, const char *comment, gint64 now);
void       cfd_conversation_close        (CfConversation *self, gint64 now);
void       cfd_conversation_reopen       (CfConversation *self);
char      *cfd_conversation_preview      (const char *text);

G_END_DECLS
