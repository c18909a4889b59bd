/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/records/trigger.h"

G_BEGIN_DECLS

/* Triggers to begin with; the one after the last is empty. */
#define CFA_TRIGGER_TEMPLATES 5

const char *cfa_trigger_template_name  (guint i);
const char *cfa_trigger_template_about (guint i);
CfTrigger  *cfa_trigger_template_new   (guint i);

G_END_DECLS
