/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "protocol/methods/monitor-params.h"

G_BEGIN_DECLS

#define CFA_TYPE_LIVE_VISITOR (cfa_live_visitor_get_type ())
G_DECLARE_FINAL_TYPE (CfaLiveVisitor, cfa_live_visitor, CFA, LIVE_VISITOR, GObject)

/* A visitor who is on a page now, for as long as a row shows them. Signal: "changed". */
CfaLiveVisitor         *cfa_live_visitor_new (const CfMonitorVisitor *visitor);
const CfMonitorVisitor *cfa_live_visitor_get (CfaLiveVisitor *self);
void                    cfa_live_visitor_set (CfaLiveVisitor *self, const CfMonitorVisitor *visitor);

G_END_DECLS
