/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "channel.h"

#include "app/features/session/record-list.h"
#include "protocol/methods/signal.h"

G_BEGIN_DECLS

#define CFA_TYPE_CHANNEL_LIST (cfa_channel_list_get_type ())
G_DECLARE_FINAL_TYPE (CfaChannelList, cfa_channel_list, CFA, CHANNEL_LIST, GObject)

/*
 * GListModel of CfaChannel: those in which the agent is, the one with the last message first. Main thread.
 */
CfaChannelList *cfa_channel_list_new      (const char *agent_id, CfaDirectory *directory, CfaRecordList *records);
CfaChannel     *cfa_channel_list_find     (CfaChannelList *self, const char *id);
void            cfa_channel_list_promise  (CfaChannelList *self, CfChannel *record);
void            cfa_channel_list_withdraw (CfaChannelList *self, const char *id);
void            cfa_channel_list_count    (CfaChannelList *self, GHashTable *unread);
void            cfa_channel_list_hear     (CfaChannelList *self, const CfSignal *signal);
void            cfa_channel_list_silence  (CfaChannelList *self);

G_END_DECLS
