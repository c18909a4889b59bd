/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_VISITOR_MENU (cfa_visitor_menu_get_type ())
G_DECLARE_FINAL_TYPE (CfaVisitorMenu, cfa_visitor_menu, CFA, VISITOR_MENU, AdwBin)

/* What can be done with all that is known of a person: export it (supervisors and admins), erase it (admins). Who may do neither doesn't see it. */
void cfa_visitor_menu_set (CfaVisitorMenu *self, CfaSession *session, CfaVisitor *visitor);

G_END_DECLS
