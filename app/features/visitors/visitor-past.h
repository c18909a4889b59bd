/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_VISITOR_PAST (cfa_visitor_past_get_type ())
G_DECLARE_FINAL_TYPE (CfaVisitorPast, cfa_visitor_past, CFA, VISITOR_PAST, AdwPreferencesGroup)

/* A visitor's other conversations, with what they thought of them; one that is chosen opens. */
GtkWidget *cfa_visitor_past_new (void);
void       cfa_visitor_past_set (CfaVisitorPast *self, CfaSession *session, CfaVisitor *visitor, const char *current_id);

G_END_DECLS
