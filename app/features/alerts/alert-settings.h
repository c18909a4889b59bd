/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "alert-preferences.h"

G_BEGIN_DECLS

#define CFA_TYPE_ALERT_SETTINGS (cfa_alert_settings_get_type ())
G_DECLARE_FINAL_TYPE (CfaAlertSettings, cfa_alert_settings, CFA, ALERT_SETTINGS, GObject)

/*
 * The alert preferences of the person at this computer: one for the program, read from the configuration folder and kept there, both
 * without waiting. Signals: "changed" · "unkept" (string why): the file could not be written.
 *
 * Whoever changes what cfa_alert_settings_get() gives says so with cfa_alert_settings_changed().
 */
CfaAlertSettings    *cfa_alert_settings_new            (const char *path);
CfaAlertSettings    *cfa_alert_settings_get_default    (void);
CfaAlertPreferences *cfa_alert_settings_get            (CfaAlertSettings *self);
void                 cfa_alert_settings_tell_autostart (CfaAlertSettings *self, gboolean wanted, gboolean done);
void                 cfa_alert_settings_changed        (CfaAlertSettings *self);
void                 cfa_alert_settings_flush          (CfaAlertSettings *self);
gboolean             cfa_alert_settings_get_loaded     (CfaAlertSettings *self);

G_END_DECLS
