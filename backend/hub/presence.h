/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/rpc/caller.h"
#include "protocol/methods/signal.h"
#include "protocol/records/conversation.h"

G_BEGIN_DECLS

typedef struct _CfdRoom CfdRoom;

/**
 * CfdPresence:
 * Who of one organisation's agents and visitors is there. Someone who has left counts as present for a moment more, so that a
 * reconnect is not seen by anyone.
 */
typedef struct _CfdPresence CfdPresence;

CfdPresence *cfd_presence_new          (CfdRoom *room, guint grace_ms);
void         cfd_presence_came         (CfdPresence *self, const CfdCaller *caller, gboolean has_conversation);
void         cfd_presence_left         (CfdPresence *self, const CfdCaller *caller);
void         cfd_presence_set          (CfdPresence *self, const CfdCaller *caller, CfPresenceState state);
void         cfd_presence_conversation (CfdPresence *self, const CfConversation *conversation);
GPtrArray   *cfd_presence_snapshot     (CfdPresence *self, const CfdCaller *caller);
void         cfd_presence_free         (CfdPresence *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdPresence, cfd_presence_free)

G_END_DECLS
