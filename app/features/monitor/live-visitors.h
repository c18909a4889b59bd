/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"
#include "live-visitor.h"

G_BEGIN_DECLS

typedef enum
{
  CFA_LIVE_NEWEST,  /* who came last */
  CFA_LIVE_LONGEST, /* who has been there for longest */
  CFA_LIVE_PAGE,    /* by the address of the page */
  CFA_N_LIVE_ORDERS,
} CfaLiveOrder;

#define CFA_TYPE_LIVE_VISITORS (cfa_live_visitors_get_type ())
G_DECLARE_FINAL_TYPE (CfaLiveVisitors, cfa_live_visitors, CFA, LIVE_VISITORS, GObject)

/*
 * Who is on which page of the sites now: a GListModel of CfaLiveVisitor. It asks the server for their number always, and for themselves
 * only while they are shown. Objects exist for those in sight; the others cost what is known of them.
 * Properties (read-only, notified): "total" uint: how many there are, whatever the filter · "loading" boolean. Main thread.
 */
CfaLiveVisitors *cfa_live_visitors_new         (CfaSession *session);
void             cfa_live_visitors_set_shown   (CfaLiveVisitors *self, gboolean shown);
void             cfa_live_visitors_set_filter  (CfaLiveVisitors *self, const char *text);
void             cfa_live_visitors_set_order   (CfaLiveVisitors *self, CfaLiveOrder order);
guint            cfa_live_visitors_get_total   (CfaLiveVisitors *self);
gboolean         cfa_live_visitors_get_loading (CfaLiveVisitors *self);

G_END_DECLS
