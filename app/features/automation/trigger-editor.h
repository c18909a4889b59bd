/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/settings/record-group.h"
#include "app/features/session/session.h"
#include "protocol/records/trigger.h"

G_BEGIN_DECLS

#define CFA_TYPE_TRIGGER_EDITOR (cfa_trigger_editor_get_type ())
G_DECLARE_FINAL_TYPE (CfaTriggerEditor, cfa_trigger_editor, CFA, TRIGGER_EDITOR, GObject)

/* What stands in the window in which a trigger is changed. */
void cfa_trigger_editor_open (CfaRecordGroup *group, CfaSession *session, CfaRecordItem *item, const CfTrigger *trigger);

G_END_DECLS
