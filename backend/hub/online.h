/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/methods/monitor-params.h"
#include "subscriber.h"

G_BEGIN_DECLS

typedef struct _CfdRoom CfdRoom;

/**
 * CfdOnline:
 * Which visitor of one organisation is on which page now. Only those whose page says so: a browser that asks not to be tracked is not
 * here. Agents who watch are told once a second what has changed. Lives on the main loop.
 */
typedef struct _CfdOnline CfdOnline;

/**
 * CfdLook:
 * That a page was looked at, on its way to the disk.
 */
typedef struct
{
  CfdCaller *caller;
  CfVisitPageParams *page;
  gint64 at;     /* ms UTC */
  gboolean news; /* of a visitor or a visit that was not known: facts about them are wanted */
  gboolean forget; /* nothing was looked at: what is known of the visit goes */
} CfdLook;

void                 cfd_look_free     (CfdLook *self);
CfdOnline           *cfd_online_new    (CfdRoom *room);
gboolean             cfd_online_page   (CfdOnline *self, CfdSubscriber *subscriber, const CfVisitPageParams *page, GError **error);
gboolean             cfd_online_forget (CfdOnline *self, CfdSubscriber *subscriber, const char *visit_id, GError **error);
void                 cfd_online_left   (CfdOnline *self, CfdSubscriber *subscriber);
void                 cfd_online_watch  (CfdOnline *self, CfdSubscriber *subscriber, CfMonitorScope scope);
CfMonitorListResult *cfd_online_list   (CfdOnline *self, const CfdCaller *caller, const CfMonitorListParams *params);
void                 cfd_online_learn  (CfdOnline *self, const CfMonitorVisitor *facts);
void                 cfd_online_note   (CfdOnline *self, const CfRecord *record);
GPtrArray           *cfd_online_take   (CfdOnline *self); /* transfer full, nullable: of CfdLook */
gboolean             cfd_online_tell   (CfdOnline *self, gint64 now);
guint64              cfd_online_lost   (CfdOnline *self);
void                 cfd_online_free   (CfdOnline *self);
CfdCaller           *cfd_online_find   (const char *organisation_id, const char *visitor_id); /* transfer full, nullable; any thread */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdLook, cfd_look_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdOnline, cfd_online_free)

G_END_DECLS
