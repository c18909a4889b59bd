/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_VISITOR_ALIKE (cfa_visitor_alike_get_type ())
G_DECLARE_FINAL_TYPE (CfaVisitorAlike, cfa_visitor_alike, CFA, VISITOR_ALIKE, AdwPreferencesGroup)

/* Who may be the same person, and who was found to be: merging with a preview, and separating again. */
GtkWidget *cfa_visitor_alike_new (void);
void       cfa_visitor_alike_set (CfaVisitorAlike *self, CfaSession *session, CfaVisitor *visitor);

G_END_DECLS
