/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "snooze-time.h"

#include "time-text.h"

#include <glib/gi18n.h>

#define HOUR_MS ((gint64) 60 * 60 * 1000)
#define MORNING 9

/**
 * cfa_snooze_time:
 * @now: ms UTC
 * @zone: the person's
 *
 * Returns: ms UTC. A time that a change of clocks leaves out is the one after it.
 */
gint64
cfa_snooze_time (CfaSnooze offer, gint64 now, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now / 1000);
  g_autoptr (GDateTime) here = g_date_time_to_timezone (utc, zone);
  int days = offer == CFA_SNOOZE_MONDAY ? 8 - g_date_time_get_day_of_week (here) : 1;
  g_autoptr (GDateTime) day = g_date_time_add_days (here, days);
  g_autoptr (GDateTime) morning = g_date_time_new (zone, g_date_time_get_year (day), g_date_time_get_month (day),
                                                   g_date_time_get_day_of_month (day), MORNING, 0, 0);

  return offer == CFA_SNOOZE_HOUR || morning == NULL ? now + HOUR_MS : g_date_time_to_unix (morning) * 1000;
}

/**
 * cfa_snooze_words:
 * @until: ms UTC
 *
 * Returns: (transfer full): "15:20" for today, else with the day.
 */
char *
cfa_snooze_words (gint64 until, gint64 now)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *clock = cfa_time_clock (until, zone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (until / 1000);
  g_autoptr (GDateTime) here = g_date_time_to_timezone (utc, zone);
  g_autofree char *day = NULL;

  if (cfa_time_same_day (until, now, zone))
    return g_steal_pointer (&clock);
  /* Translators: a day in the near future, as in "Mon 23 Nov"; see g_date_time_format() */
  day = g_date_time_format (here, _("%a %-e %b"));
  return g_strdup_printf (C_("day, time", "%s, %s"), day, clock);
}
