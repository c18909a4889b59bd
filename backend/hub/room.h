/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/db.h"
#include "online.h"
#include "presence.h"
#include "protocol/methods/signal.h"
#include "ring.h"
#include "subscriber.h"
#include "typing.h"
#include "viewing.h"
#include "visitor-index.h"

G_BEGIN_DECLS

/**
 * CfdRoom:
 * One organisation in the hub: who is there, what was published last, who is present, who types, who looks at what, and who is on which page.
 */
struct _CfdRoom
{
  char *organisation_id;
  CfdRing *ring;
  GPtrArray *staff;     /* of CfdSubscriber */
  CfdVisitorIndex *visitors;
  CfdPresence *presence;
  CfdTyping *typing;
  CfdViewing *viewing;
  CfdOnline *online;
  guint64 sent; /* frames with changes */
};

CfdRoom *cfd_room_new             (const char *organisation_id, CfdDb *db, guint grace_ms);
void     cfd_room_add             (CfdRoom *self, CfdSubscriber *subscriber, gint64 read);
void     cfd_room_remove          (CfdRoom *self, CfdSubscriber *subscriber);
void     cfd_room_publish         (CfdRoom *self, CfdChangeset *changes);
void     cfd_room_resume          (CfdRoom *self, CfdSubscriber *subscriber, gint64 rev);
void     cfd_room_expire          (CfdRoom *self, gint64 now);
void     cfd_room_signal_staff    (CfdRoom *self, const CfSignal *signal, const char *except_id);
void     cfd_room_signal_site     (CfdRoom *self, const char *site_id, const CfSignal *signal, const char *except_id);
guint    cfd_room_signal_agents   (CfdRoom *self, const CfSignal *signal, char *const *agents, const char *except_id);
void     cfd_room_signal_some     (CfdRoom *self, const char *site_id, const CfSignal *signal, char *const *agents);
void     cfd_room_signal_visitor  (CfdRoom *self, const char *visitor_id, const CfSignal *signal);
void     cfd_room_signal_visitors (CfdRoom *self, const CfSignal *signal);
gboolean cfd_room_has_limited     (CfdRoom *self);
gboolean cfd_room_agent_sees      (CfdRoom *self, const char *agent_id, const char *site_id);
guint    cfd_room_count_live      (CfdRoom *self);
void     cfd_room_free            (CfdRoom *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdRoom, cfd_room_free)

G_END_DECLS
