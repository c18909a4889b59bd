/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/db.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/signal.h"
#include "protocol/records/channel.h"
#include "protocol/records/conversation.h"
#include "protocol/records/site.h"

G_BEGIN_DECLS

typedef struct _CfdRoom CfdRoom;

/**
 * CfdTyping:
 * Who types in one organisation's conversations and channels. Only the latest word per person and conversation goes out, a few times a second.
 */
typedef struct _CfdTyping CfdTyping;

CfdTyping *cfd_typing_new          (CfdRoom *room, CfdDb *db);
void       cfd_typing_set          (CfdTyping *self, const CfdCaller *caller, const CfTypingParams *params);
void       cfd_typing_stop         (CfdTyping *self, const char *conversation_id, const char *actor_id);
gboolean   cfd_typing_find_site    (CfdTyping *self, const char *conversation_id, const char **site_id);
void       cfd_typing_conversation (CfdTyping *self, const CfConversation *conversation);
void       cfd_typing_site         (CfdTyping *self, const CfSite *site);
void       cfd_typing_channel      (CfdTyping *self, const CfChannel *channel);
void       cfd_typing_free         (CfdTyping *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdTyping, cfd_typing_free)

G_END_DECLS
