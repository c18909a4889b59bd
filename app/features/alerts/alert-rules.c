/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "alert-rules.h"

#define MORNING_HOUR 8
/* Whoever is up before this has not gone to bed yet: for them tomorrow begins when it gets light. */
#define NIGHT_ENDS_HOUR 4

static gint64
to_ms (GDateTime *time)
{
  return g_date_time_to_unix (time) * 1000 + g_date_time_get_microsecond (time) / 1000;
}

static gboolean
overnight (const CfaQuietRange *range)
{
  return range->to <= range->from;
}

/* Whether the @minute of @day, 0 = Monday, lies in a range of that day or in what the day before reaches into it. */
static gboolean
minute_is_quiet (const CfaAlertPreferences *preferences, guint day, guint minute)
{
  const CfaQuietDay *today = &preferences->quiet_days[day];
  const CfaQuietDay *before = &preferences->quiet_days[(day + CFA_WEEK_DAYS - 1) % CFA_WEEK_DAYS];

  for (guint i = 0; i < today->n; i++)
    if (minute >= today->ranges[i].from && (overnight (&today->ranges[i]) || minute < today->ranges[i].to))
      return TRUE;
  for (guint i = 0; i < before->n; i++)
    if (overnight (&before->ranges[i]) && minute < before->ranges[i].to)
      return TRUE;
  return FALSE;
}

static guint
minute_of_day (GDateTime *time)
{
  return (guint) (g_date_time_get_hour (time) * 60 + g_date_time_get_minute (time));
}

static guint
day_of_week (GDateTime *time)
{
  return (guint) g_date_time_get_day_of_week (time) - 1;
}

/**
 * cfa_alert_rules_in_quiet:
 * @now: in the person's own time zone
 *
 * Returns: whether quiet hours hold; what was muted by hand does not count here.
 */
gboolean
cfa_alert_rules_in_quiet (const CfaAlertPreferences *preferences, GDateTime *now)
{
  return preferences->quiet && minute_is_quiet (preferences, day_of_week (now), minute_of_day (now));
}

/* The first minute from @now on that is not quiet; G_MAXINT64 when the whole week is. */
static gint64
hours_until (const CfaAlertPreferences *preferences, GDateTime *now)
{
  guint day = day_of_week (now), minute = minute_of_day (now);

  for (guint ahead = 0; ahead <= CFA_WEEK_DAYS * CFA_DAY_MINUTES; ahead++)
    {
      guint at = minute + ahead;

      if (!minute_is_quiet (preferences, (day + at / CFA_DAY_MINUTES) % CFA_WEEK_DAYS, at % CFA_DAY_MINUTES))
        {
          g_autoptr (GDateTime) that_day = g_date_time_add_days (now, (int) (at / CFA_DAY_MINUTES));
          g_autoptr (GDateTime) end = g_date_time_new (g_date_time_get_timezone (now), g_date_time_get_year (that_day),
                                                       g_date_time_get_month (that_day), g_date_time_get_day_of_month (that_day),
                                                       (int) (at % CFA_DAY_MINUTES / 60), (int) (at % 60), 0);

          return to_ms (end);
        }
    }
  return G_MAXINT64;
}

/**
 * cfa_alert_rules_quiet_until:
 * @now: in the person's own time zone
 *
 * Returns: ms UTC until which nothing calls, by quiet hours or by hand, whichever lasts longer; 0 when not quiet; G_MAXINT64 for ever.
 */
gint64
cfa_alert_rules_quiet_until (const CfaAlertPreferences *preferences, GDateTime *now)
{
  gint64 muted = preferences->muted_until > to_ms (now) ? preferences->muted_until : 0;

  return cfa_alert_rules_in_quiet (preferences, now) ? MAX (muted, hours_until (preferences, now)) : muted;
}

/**
 * cfa_alert_rules_mute_until:
 * @now: in the person's own time zone
 *
 * Returns: ms UTC at which a mute ends that begins now; "tomorrow" is eight in the morning.
 */
gint64
cfa_alert_rules_mute_until (CfaMuteSpan span, GDateTime *now)
{
  static const int minutes[] = { [CFA_MUTE_30_MINUTES] = 30, [CFA_MUTE_1_HOUR] = 60, [CFA_MUTE_2_HOURS] = 120 };
  g_autoptr (GDateTime) day = NULL, morning = NULL;

  if (span != CFA_MUTE_UNTIL_TOMORROW)
    return to_ms (now) + (gint64) minutes[span] * 60 * 1000;
  day = g_date_time_add_days (now, g_date_time_get_hour (now) < NIGHT_ENDS_HOUR ? 0 : 1);
  morning = g_date_time_new (g_date_time_get_timezone (now), g_date_time_get_year (day), g_date_time_get_month (day),
                             g_date_time_get_day_of_month (day), MORNING_HOUR, 0, 0);
  return to_ms (morning);
}

/**
 * cfa_alert_rules_judge:
 * @now: in the person's own time zone
 *
 * Returns: what to do about @event. What is before the person's eyes needs no telling, what they did themselves neither; urgent breaks
 *   through "do not disturb" where that is chosen, but not through the mute of its own conversation or site.
 */
CfaAlertVerdict
cfa_alert_rules_judge (const CfaAlertEvent *event, const CfaAlertPreferences *preferences, const CfaAlertScene *scene, GDateTime *now)
{
  const CfaAlertVerdict nothing = { FALSE, FALSE };
  const CfaAlertChoice *choice = &preferences->events[event->kind];
  CfaSiteAlerts site = cfa_alert_preferences_site (preferences, event->site_id);

  if (event->own)
    return nothing;
  if (scene->focused && g_strcmp0 (scene->open_id, event->conversation_id) == 0)
    return nothing;
  if (site == CFA_SITE_NOTHING || cfa_alert_preferences_muted (preferences, event->conversation_id) > to_ms (now))
    return nothing;
  if (!(event->kind == CFA_ALERT_URGENT && preferences->urgent_breaks)
      && (preferences->muted_until > to_ms (now) || cfa_alert_rules_in_quiet (preferences, now)))
    return nothing;
  return (CfaAlertVerdict) {
    .notify = choice->notify,
    .sound = choice->sound && choice->volume > 0 && preferences->sounds && site != CFA_SITE_SILENT,
  };
}
