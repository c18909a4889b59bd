/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "conversation.h"

G_BEGIN_DECLS

#define CFA_TYPE_VISITOR_PANE (cfa_visitor_pane_get_type ())
G_DECLARE_FINAL_TYPE (CfaVisitorPane, cfa_visitor_pane, CFA, VISITOR_PANE, GtkBox)

/* Who writes. Property: "folded" boolean, read and write: it covers the conversation instead of standing beside it. */
void cfa_visitor_pane_set_conversation  (CfaVisitorPane *self, CfaConversation *conversation);
void cfa_visitor_pane_set_title_buttons (CfaVisitorPane *self, gboolean start, gboolean end);

G_END_DECLS
