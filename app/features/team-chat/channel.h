/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/conversations/directory.h"

#include "protocol/records/channel.h"

G_BEGIN_DECLS

#define CFA_TYPE_CHANNEL (cfa_channel_get_type ())
G_DECLARE_FINAL_TYPE (CfaChannel, cfa_channel, CFA, CHANNEL, GObject)

/*
 * A channel as lists and pages show it. Signal: "changed": anything of it. Main thread.
 */
CfaChannel      *cfa_channel_new            (const char *agent_id, CfaDirectory *directory, CfChannel *record);
void             cfa_channel_set_record     (CfaChannel *self, CfChannel *record);
void             cfa_channel_set_unread     (CfaChannel *self, guint unread);
void             cfa_channel_set_typing     (CfaChannel *self, const char *name);
void             cfa_channel_set_draft      (CfaChannel *self, const char *draft);
void             cfa_channel_touch          (CfaChannel *self);

const CfChannel *cfa_channel_get_record     (CfaChannel *self);
const char      *cfa_channel_get_id         (CfaChannel *self);
gboolean         cfa_channel_is_direct      (CfaChannel *self);
const char      *cfa_channel_get_colleague  (CfaChannel *self);
char            *cfa_channel_dup_title      (CfaChannel *self);
char            *cfa_channel_dup_members    (CfaChannel *self);
CfPresenceState  cfa_channel_get_presence   (CfaChannel *self);
guint            cfa_channel_get_unread     (CfaChannel *self);
const char      *cfa_channel_get_typing     (CfaChannel *self);
const char      *cfa_channel_get_draft      (CfaChannel *self);

G_END_DECLS
