/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include "alert-settings.h"

G_BEGIN_DECLS

#define CFA_TYPE_ALERTS (cfa_alerts_get_type ())
G_DECLARE_FINAL_TYPE (CfaAlerts, cfa_alerts, CFA, ALERTS, GObject)

/*
 * Calls the person: hears what the session tells, asks the rules, and uses the desktop's notifications and sounds; counts what is
 * unread; and says "away" for somebody who has left. Property: "unread" uint: conversations that wait for this agent with
 * unread messages. Signals: "open" (string conversation id, nullable, string token, nullable): the person wants to answer there, or to see the
 * window · "visitors" (string token, nullable): they want to see who is on the site · "say" (string): a word to the person that is said once.
 */
CfaAlerts *cfa_alerts_new         (CfaAlertSettings *settings);
void       cfa_alerts_set_session (CfaAlerts *self, CfaSession *session);
void       cfa_alerts_set_scene   (CfaAlerts *self, const char *open_id, gboolean focused);
guint      cfa_alerts_get_unread  (CfaAlerts *self);

G_END_DECLS
