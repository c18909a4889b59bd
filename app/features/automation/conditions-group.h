/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"
#include "protocol/methods/trigger-rules.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_CONDITIONS_GROUP (cfa_conditions_group_get_type ())
G_DECLARE_FINAL_TYPE (CfaConditionsGroup, cfa_conditions_group, CFA, CONDITIONS_GROUP, AdwPreferencesGroup)

/*
 * When a trigger acts: conditions of which all are needed, or one.
 * Signal: "changed" (): by the person.
 */
GtkWidget      *cfa_conditions_group_new (CfaSession *session);
void            cfa_conditions_group_set (CfaConditionsGroup *self, const CfTriggerRules *rules);
CfTriggerRules *cfa_conditions_group_dup (CfaConditionsGroup *self);

G_END_DECLS
