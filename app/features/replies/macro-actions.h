/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/features/session/session.h"

G_BEGIN_DECLS

#define CFA_TYPE_MACRO_ACTIONS (cfa_macro_actions_get_type ())
G_DECLARE_FINAL_TYPE (CfaMacroActions, cfa_macro_actions, CFA, MACRO_ACTIONS, GObject)

/* The rows that say what a macro does besides its words: tags, department, agent. Signal: "changed". */
CfaMacroActions *cfa_macro_actions_new  (CfaSession *session, AdwPreferencesGroup *group, const CfMacro *macro);
void             cfa_macro_actions_read (CfaMacroActions *self, CfMacro *macro);

G_END_DECLS
