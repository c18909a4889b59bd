/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "team.h"

G_BEGIN_DECLS

/* Triggers and goals, and a server that saves, orders, tries and counts them. */
void     dummy_automation_fill (DummyTeam *team);
gboolean dummy_automation_call (DummyTeam *team, const char *method, gconstpointer params, GTask *task);
void     dummy_automation_steal (DummyTeam *team, const char *name);

G_END_DECLS
