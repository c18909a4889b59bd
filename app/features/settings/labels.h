/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/records/agent.h"
#include "protocol/records/attribute.h"
#include "protocol/records/department.h"

G_BEGIN_DECLS

/* What things of the settings are called, in the person's language. */
const char *cfa_label_role         (CfRole role);
const char *cfa_label_role_detail  (CfRole role);
const char *cfa_label_assignment   (CfAssignment assignment);
const char *cfa_label_kind         (CfAttributeKind kind);
char       *cfa_label_action       (const char *action);
const char *cfa_label_actions_at   (guint place);

G_END_DECLS
