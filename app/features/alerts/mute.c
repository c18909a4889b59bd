/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mute.h"

#include "alert-rules.h"
#include "alert-settings.h"

#include "protocol/id.h"

/**
 * cfa_mute_conversation:
 * @span: (nullable): "hour" or "tomorrow"; NULL: not any longer
 */
void
cfa_mute_conversation (const char *conversation_id, const char *span)
{
  CfaAlertSettings *settings = cfa_alert_settings_get_default ();
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  gint64 until = 0;

  if (span != NULL)
    until = cfa_alert_rules_mute_until (g_str_equal (span, "hour") ? CFA_MUTE_1_HOUR : CFA_MUTE_UNTIL_TOMORROW, now);
  cfa_alert_preferences_mute (cfa_alert_settings_get (settings), conversation_id, until);
  cfa_alert_settings_changed (settings);
}

gboolean
cfa_mute_is_on (const char *conversation_id)
{
  return cfa_alert_preferences_muted (cfa_alert_settings_get (cfa_alert_settings_get_default ()), conversation_id) > cf_now ();
}
