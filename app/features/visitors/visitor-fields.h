/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_VISITOR_FIELDS (cfa_visitor_fields_get_type ())
G_DECLARE_FINAL_TYPE (CfaVisitorFields, cfa_visitor_fields, CFA, VISITOR_FIELDS, AdwPreferencesGroup)

/* A visitor's name, addresses and company, edited in place. */
GtkWidget *cfa_visitor_fields_new (void);
void       cfa_visitor_fields_set (CfaVisitorFields *self, CfaSession *session, CfaVisitor *visitor);

G_END_DECLS
