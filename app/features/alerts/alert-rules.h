/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "alert-preferences.h"

G_BEGIN_DECLS

/**
 * CfaAlertScene:
 * What the person has before their eyes.
 */
typedef struct
{
  const char *open_id; /* (nullable): the conversation that is on the screen */
  gboolean focused;    /* and its window has the keyboard */
} CfaAlertScene;

/**
 * CfaAlertVerdict:
 * What to do about an event.
 */
typedef struct
{
  gboolean notify;
  gboolean sound;
} CfaAlertVerdict;

typedef enum
{
  CFA_MUTE_30_MINUTES,
  CFA_MUTE_1_HOUR,
  CFA_MUTE_2_HOURS,
  CFA_MUTE_UNTIL_TOMORROW,
} CfaMuteSpan;

CfaAlertVerdict cfa_alert_rules_judge       (const CfaAlertEvent *event, const CfaAlertPreferences *preferences,
                                             const CfaAlertScene *scene, GDateTime *now);
gboolean        cfa_alert_rules_in_quiet    (const CfaAlertPreferences *preferences, GDateTime *now);
gint64          cfa_alert_rules_quiet_until (const CfaAlertPreferences *preferences, GDateTime *now);
gint64          cfa_alert_rules_mute_until  (CfaMuteSpan span, GDateTime *now);

G_END_DECLS
