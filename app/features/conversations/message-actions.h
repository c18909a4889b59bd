/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CFA_TYPE_MESSAGE_ACTIONS (cfa_message_actions_get_type ())
G_DECLARE_FINAL_TYPE (CfaMessageActions, cfa_message_actions, CFA, MESSAGE_ACTIONS, GtkBox)

GtkWidget *cfa_message_actions_new (const char *id);
void       cfa_message_actions_set (CfaMessageActions *self, gboolean held, gboolean failed, gboolean overtaken);

G_END_DECLS
