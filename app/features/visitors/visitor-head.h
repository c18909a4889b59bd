/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CFA_TYPE_VISITOR_HEAD (cfa_visitor_head_get_type ())
G_DECLARE_FINAL_TYPE (CfaVisitorHead, cfa_visitor_head, CFA, VISITOR_HEAD, GtkBox)

/* How much is known of a visitor, with what that means behind it, and what the clock shows where they are. */
GtkWidget *cfa_visitor_head_new (void);
void       cfa_visitor_head_set (CfaVisitorHead *self, CfaSession *session, CfaVisitor *visitor);

G_END_DECLS
