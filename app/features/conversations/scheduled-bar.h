/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/features/session/session.h"

G_BEGIN_DECLS

#define CFA_TYPE_SCHEDULED_BAR (cfa_scheduled_bar_get_type ())
G_DECLARE_FINAL_TYPE (CfaScheduledBar, cfa_scheduled_bar, CFA, SCHEDULED_BAR, GtkBox)

/*
 * The answers that wait to be sent in a conversation, and those that could not be: when, how they begin, and what can be done.
 * Signal: "edit" (CfaScheduled): the person wants its words back in the field.
 */
void cfa_scheduled_bar_set_conversation (CfaScheduledBar *self, CfaSession *session, CfaConversation *conversation);

G_END_DECLS
