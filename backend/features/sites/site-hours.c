/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-hours.h"

#include "protocol/error.h"

#include <string.h>

#define DAY_MINUTES (24 * 60)
#define DAY_SECONDS (DAY_MINUTES * G_GINT64_CONSTANT (60))

#define WEEK_DAYS   8 /* up to the same weekday */
#define SOON_DAYS   (2 * WEEK_DAYS) /* a week may have its only hours where the clocks jump over them */

/* The calendar of one site. */
typedef struct
{
  const CfSiteHours *hours;
  GTimeZone *zone;
} Calendar;

static gboolean
two_digits (const char *text, int *out)
{
  if (!g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]))
    return FALSE;
  *out = (text[0] - '0') * 10 + text[1] - '0';
  return TRUE;
}

/* "09:00" to minutes; -1 = it is none. */
static int
minutes_of (const char *clock)
{
  int hour, minute;

  if (strlen (clock) != 5 || clock[2] != ':' || !two_digits (clock, &hour) || !two_digits (clock + 3, &minute) || minute > 59)
    return -1;
  return hour < 24 || (hour == 24 && minute == 0) ? hour * 60 + minute : -1;
}

/* Of this millennium: who counts on from the last day that the calendar has falls off it. */
static gboolean
is_date (const char *text)
{
  int century, year, month, day;

  return strlen (text) == 10 && text[4] == '-' && text[7] == '-' && two_digits (text, &century) && two_digits (text + 2, &year)
         && two_digits (text + 5, &month) && two_digits (text + 8, &day) && century >= 20 && century < 30 && g_date_valid_dmy (day, month, century * 100 + year);
}

/* GLib makes a path of the name, so it has to be one of the database's. */
static GTimeZone *
zone_of (const char *name)
{
  gboolean plain = name != NULL && g_ascii_isalpha (name[0]);

  for (const char *p = name; plain && *p != '\0'; p++)
    plain = g_ascii_isalnum (*p) || strchr ("_+-/", *p) != NULL;
  return plain ? g_time_zone_new_identifier (name) : NULL;
}

static gboolean
check_range (const CfSiteRange *range, guint i, GError **error)
{
  int from = minutes_of (range->from), to = minutes_of (range->to);

  if (from < 0 || from == DAY_MINUTES)
    g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "hours.ranges[%u].from: got \"%s\", expected 00:00 to 23:59", i, range->from);
  else if (to <= 0)
    g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "hours.ranges[%u].to: got \"%s\", expected 00:01 to 24:00", i, range->to);
  else if (from == to)
    g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "hours.ranges[%u]: got %s twice; the whole day is 00:00 to 24:00", i, range->from);
  else
    return TRUE;
  return FALSE;
}

/**
 * cfd_site_hours_check:
 * @hours: as decoded: its sizes are within limits
 *
 * Returns: FALSE with CF_ERROR_INVALID that names what is no time, date or time zone.
 */
gboolean
cfd_site_hours_check (const CfSiteHours *hours, GError **error)
{
  g_autoptr (GTimeZone) zone = zone_of (hours->time_zone);

  if (zone == NULL && (hours->limited || hours->time_zone != NULL))
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "hours.time_zone: got \"%s\", expected one such as Europe/Lisbon",
                   hours->time_zone != NULL ? hours->time_zone : "");
      return FALSE;
    }
  for (guint i = 0; hours->ranges != NULL && i < hours->ranges->len; i++)
    if (!check_range (hours->ranges->pdata[i], i, error))
      return FALSE;
  for (guint i = 0; hours->holidays != NULL && i < hours->holidays->len; i++)
    {
      const CfSiteHoliday *holiday = hours->holidays->pdata[i];

      if (is_date (holiday->date))
        continue;
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "hours.holidays[%u].date: got \"%s\", expected one such as 2026-12-25", i, holiday->date);
      return FALSE;
    }
  return TRUE;
}

static gboolean
is_holiday (const Calendar *self, GDateTime *day)
{
  g_autofree char *date = NULL;

  if (self->hours->holidays == NULL || self->hours->holidays->len == 0)
    return FALSE;
  date = g_date_time_format (day, "%Y-%m-%d");
  for (guint i = 0; i < self->hours->holidays->len; i++)
    if (strcmp (((const CfSiteHoliday *) self->hours->holidays->pdata[i])->date, date) == 0)
      return TRUE;
  return FALSE;
}

/* What the clocks of the zone show decides, and nothing else: an hour that comes twice is the same both times. */
static gboolean
is_open (const Calendar *self, gint64 seconds)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (seconds);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, self->zone);
  g_autoptr (GDateTime) yesterday = g_date_time_add_days (local, -1);
  int minute = g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local);
  int today = g_date_time_get_day_of_week (local) - 1, before = (today + CF_N_DAYS - 1) % CF_N_DAYS;
  gboolean began_yesterday;

  if (is_holiday (self, local))
    return FALSE;
  began_yesterday = !is_holiday (self, yesterday);
  for (guint i = 0; i < self->hours->ranges->len; i++)
    {
      const CfSiteRange *range = self->hours->ranges->pdata[i];
      int from = minutes_of (range->from), to = minutes_of (range->to);

      if ((int) range->day == today && minute >= from && (minute < to || to < from))
        return TRUE;
      if ((int) range->day == before && began_yesterday && to < from && minute < to)
        return TRUE;
    }
  return FALSE;
}

static int
offset_at (const Calendar *self, gint64 seconds)
{
  return g_time_zone_get_offset (self->zone, g_time_zone_find_interval (self->zone, G_TIME_TYPE_UNIVERSAL, seconds));
}

/* When the clocks are changed between two moments with different offsets. */
static gint64
find_jump (const Calendar *self, gint64 before, gint64 after)
{
  int offset = offset_at (self, before);

  while (after - before > 1)
    {
      gint64 middle = before + (after - before) / 2;

      if (offset_at (self, middle) == offset)
        before = middle;
      else
        after = middle;
    }
  return after;
}

/* The first moment after @now among @candidate and *@best at which it is otherwise than now. */
static void
consider (const Calendar *self, gint64 now, gboolean open, gint64 candidate, gint64 *best)
{
  if (candidate > now && (*best == 0 || candidate < *best) && is_open (self, candidate) != open)
    *best = candidate;
}

/*
 * Looks at the moments of one day of the calendar: midnight, where a range begins or ends, where the clocks jump over that. A time of day
 * is taken with the offsets at both ends of the day, so that one that comes twice is found twice.
 */
static void
look_at_day (const Calendar *self, gint64 midnight, gint64 now, gboolean open, gint64 *best)
{
  gint64 before = midnight - DAY_SECONDS, after = midnight + 2 * DAY_SECONDS;
  int offsets[] = { offset_at (self, before), offset_at (self, after) };
  guint n_offsets = offsets[0] != offsets[1] ? 2 : 1;

  if (n_offsets > 1)
    consider (self, now, open, find_jump (self, before, after), best);
  for (guint i = 0; i < n_offsets; i++)
    {
      consider (self, now, open, midnight - offsets[i], best);
      for (guint j = 0; j < self->hours->ranges->len; j++)
        {
          const CfSiteRange *range = self->hours->ranges->pdata[j];

          consider (self, now, open, midnight + minutes_of (range->from) * 60 - offsets[i], best);
          consider (self, now, open, midnight + minutes_of (range->to) * 60 - offsets[i], best);
        }
    }
}

/* The days from @midnight on, as if the zone were UTC. */
static void
look_at_days (const Calendar *self, gint64 midnight, int days, gint64 now, gboolean open, gint64 *best)
{
  for (int day = 0; day < days; day++)
    look_at_day (self, midnight + day * DAY_SECONDS, now, open, best);
}

/* The next moment at which it is otherwise than now; 0 = never. If not soon, then because of a holiday: on it, or in the week after it. */
static gint64
next_change (const Calendar *self, gint64 now, gboolean open)
{
  gint64 local = now + offset_at (self, now);
  gint64 best = 0, later = 0;

  look_at_days (self, local - local % DAY_SECONDS, SOON_DAYS, now, open, &best);
  for (guint i = 0; best == 0 && self->hours->holidays != NULL && i < self->hours->holidays->len; i++)
    {
      g_autofree char *midnight = g_strconcat (((const CfSiteHoliday *) self->hours->holidays->pdata[i])->date, "T00:00:00Z", NULL);
      g_autoptr (GDateTime) day = g_date_time_new_from_iso8601 (midnight, NULL);

      look_at_days (self, g_date_time_to_unix (day), WEEK_DAYS, now, open, &later);
    }
  return best != 0 ? best : later;
}

/**
 * cfd_site_hours_at:
 * @hours: (nullable): checked before; NULL = always open
 * @now: ms UTC
 *
 * A holiday is closed from midnight to midnight; what began on the day before ends with that day.
 *
 * Returns: (transfer full): whether the site is open, and when that changes.
 */
CfSiteOpening *
cfd_site_hours_at (const CfSiteHours *hours, gint64 now)
{
  CfSiteOpening *opening = cf_struct_new (&cf_site_opening_shape);
  g_autoptr (GTimeZone) zone = hours != NULL && hours->limited ? zone_of (hours->time_zone) : NULL;
  const Calendar self = { hours, zone };
  gboolean open;

  if (zone == NULL) /* a zone that this system has lost must not silence a site */
    return opening;
  opening->closed = hours->ranges == NULL || hours->ranges->len == 0;
  if (opening->closed)
    return opening;
  open = is_open (&self, now / 1000);
  opening->closed = !open;
  opening->until = next_change (&self, now / 1000, open) * 1000;
  return opening;
}
