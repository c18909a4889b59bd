/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"
#include "protocol/records/trigger.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_DRY_RUN_GROUP (cfa_dry_run_group_get_type ())
G_DECLARE_FINAL_TYPE (CfaDryRunGroup, cfa_dry_run_group, CFA, DRY_RUN_GROUP, AdwPreferencesGroup)

/* In how many of the last visits a trigger would have acted, as it stands, saved or not. */
GtkWidget *cfa_dry_run_group_new (CfaSession *session);
void       cfa_dry_run_group_set (CfaDryRunGroup *self, const CfTrigger *trigger);

G_END_DECLS
