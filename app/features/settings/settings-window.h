/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_SETTINGS_WINDOW (cfa_settings_window_get_type ())
G_DECLARE_FINAL_TYPE (CfaSettingsWindow, cfa_settings_window, CFA, SETTINGS_WINDOW, AdwWindow)

/* The preferences of the person, and what admins and supervisors run the team with. */
CfaSettingsWindow *cfa_settings_window_new  (GtkWindow *parent, CfaSession *session);
void               cfa_settings_window_open (CfaSettingsWindow *self, const char *page);
gboolean           cfa_settings_window_has  (CfRole role, const char *page);

G_END_DECLS
