/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_VISITOR_ATTRIBUTES (cfa_visitor_attributes_get_type ())
G_DECLARE_FINAL_TYPE (CfaVisitorAttributes, cfa_visitor_attributes, CFA, VISITOR_ATTRIBUTES, AdwPreferencesGroup)

/* What this team wants to know of its visitors, each in the way of its kind. */
GtkWidget *cfa_visitor_attributes_new (void);
void       cfa_visitor_attributes_set (CfaVisitorAttributes *self, CfaSession *session, CfaVisitor *visitor);

G_END_DECLS
