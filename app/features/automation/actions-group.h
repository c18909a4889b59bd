/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"
#include "protocol/methods/trigger-rules.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_ACTIONS_GROUP (cfa_actions_group_get_type ())
G_DECLARE_FINAL_TYPE (CfaActionsGroup, cfa_actions_group, CFA, ACTIONS_GROUP, AdwPreferencesGroup)

/*
 * What a trigger does.
 * Signal: "changed" (): by the person.
 */
GtkWidget        *cfa_actions_group_new (CfaSession *session);
void              cfa_actions_group_set (CfaActionsGroup *self, const CfTriggerActions *wanted);
CfTriggerActions *cfa_actions_group_dup (CfaActionsGroup *self);
gboolean          cfa_actions_group_is_wordless (CfaActionsGroup *self);

G_END_DECLS
