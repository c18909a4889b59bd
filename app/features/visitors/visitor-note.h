/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_VISITOR_NOTE (cfa_visitor_note_get_type ())
G_DECLARE_FINAL_TYPE (CfaVisitorNote, cfa_visitor_note, CFA, VISITOR_NOTE, AdwPreferencesGroup)

/* What the staff has written down about a visitor; saved when the person has gone elsewhere. */
GtkWidget *cfa_visitor_note_new  (void);
void       cfa_visitor_note_set  (CfaVisitorNote *self, CfaSession *session, CfaVisitor *visitor);
void       cfa_visitor_note_save (CfaVisitorNote *self);

G_END_DECLS
