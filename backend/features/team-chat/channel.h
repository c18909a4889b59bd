/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/rpc/caller.h"
#include "protocol/methods/channel-params.h"
#include "protocol/methods/conversation-params.h"
#include "protocol/records/channel-member.h"
#include "protocol/records/team-message.h"

G_BEGIN_DECLS

CfChannel       *cfd_channel_new_direct  (const CfdCaller *by, const char *other_id, gint64 now);
CfChannel       *cfd_channel_new_group   (const CfdCaller *by, const char *id, gint64 now);
CfChannelMember *cfd_channel_new_member  (const CfChannel *self, const char *agent_id, gint64 position, gint64 now);
CfTeamMessage   *cfd_channel_new_message (const CfChannel *self, const CfdCaller *author, const CfMessageSendParams *params, gint64 position,
                                          gint64 now);
char           **cfd_channel_list        (const char *const *ids);
gboolean         cfd_channel_may_remove  (const CfChannel *self, const char *agent_id);
void             cfd_channel_take        (CfChannel *self, const CfMessage *message);
void             cfd_channel_welcome     (CfChannel *self);
gboolean         cfd_channel_retell      (CfChannel *self, const CfMessage *message);
gboolean         cfd_channel_is_repeat   (const CfTeamMessage *message, const CfdCaller *caller, const CfMessageSendParams *params);

G_END_DECLS
