/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CFA_TYPE_VISITOR_PANE (cfa_visitor_pane_get_type ())
G_DECLARE_FINAL_TYPE (CfaVisitorPane, cfa_visitor_pane, CFA, VISITOR_PANE, GtkBox)

/* Who a conversation is with: made of groups, a file each, in app/features/visitors/. Property: "folded" boolean. */
void     cfa_visitor_pane_set_conversation  (CfaVisitorPane *self, CfaSession *session, CfaConversation *conversation);
void     cfa_visitor_pane_set_title_buttons (CfaVisitorPane *self, gboolean start, gboolean end);
gboolean cfa_visitor_pane_submit            (CfaVisitorPane *self);

G_END_DECLS
