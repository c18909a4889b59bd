/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "time-text.h"

#include <glib/gi18n.h>

#define MINUTE ((gint64) 60 * 1000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

#define AMBER_AFTER (2 * MINUTE)
#define RED_AFTER (10 * MINUTE)

static GDateTime *
local_time (gint64 ms, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);

  if (utc == NULL)
    utc = g_date_time_new_from_unix_utc (0);
  return g_date_time_to_timezone (utc, zone);
}

/* Calendar days from @then to @now, so that 23:59 and 00:01 lie one day apart. */
static int
days_between (GDateTime *then, GDateTime *now)
{
  GDate a, b;

  g_date_clear (&a, 1);
  g_date_clear (&b, 1);
  g_date_set_dmy (&a, g_date_time_get_day_of_month (then), g_date_time_get_month (then), g_date_time_get_year (then));
  g_date_set_dmy (&b, g_date_time_get_day_of_month (now), g_date_time_get_month (now), g_date_time_get_year (now));
  return g_date_days_between (&a, &b);
}

static char *
format (GDateTime *time, const char *pattern)
{
  g_autofree char *text = g_date_time_format (time, pattern);

  /* "%e" pads with a figure space, which looks like a mistake at the beginning of a label. */
  return g_strdup (g_str_has_prefix (text, "\u2007") ? text + strlen ("\u2007") : text);
}

/**
 * cfa_time_same_day:
 * @a: milliseconds UTC
 * @b: milliseconds UTC
 * @zone: the reader's time zone
 *
 * Returns: whether both moments fall on the same calendar day in @zone
 */
gboolean
cfa_time_same_day (gint64 a, gint64 b, GTimeZone *zone)
{
  g_autoptr (GDateTime) first = local_time (a, zone);
  g_autoptr (GDateTime) second = local_time (b, zone);

  return days_between (first, second) == 0;
}

/**
 * cfa_time_short:
 * @then: milliseconds UTC
 * @now: milliseconds UTC
 * @zone: the reader's time zone
 *
 * The age of a conversation in the narrow column of a list: "now", "5 min", "14:30", "Yesterday", "Mon", "3 Mar", "3 Mar 2024".
 * A clock that runs a little behind the server's says "now".
 *
 * Returns: (transfer full): the words
 */
char *
cfa_time_short (gint64 then, gint64 now, GTimeZone *zone)
{
  g_autoptr (GDateTime) at = local_time (then, zone);
  g_autoptr (GDateTime) today = local_time (now, zone);
  int days = days_between (at, today);

  if (now - then < MINUTE)
    return g_strdup (C_("age", "now"));
  if (now - then < HOUR)
    return g_strdup_printf (C_("age", "%d min"), (int) ((now - then) / MINUTE));
  if (days == 0)
    return format (at, C_("time", "%H:%M"));
  if (days == 1)
    return g_strdup (_("Yesterday"));
  if (days < 7)
    return format (at, C_("weekday in a list", "%a"));
  if (g_date_time_get_year (at) == g_date_time_get_year (today))
    return format (at, C_("day and month in a list", "%e %b"));
  return format (at, C_("date in a list", "%e %b %Y"));
}

/**
 * cfa_time_day:
 * @then: milliseconds UTC
 * @now: milliseconds UTC
 * @zone: the reader's time zone
 *
 * The heading above a day's messages: "Today", "Yesterday", "Monday", "3 March", "3 March 2024".
 *
 * Returns: (transfer full): the words
 */
char *
cfa_time_day (gint64 then, gint64 now, GTimeZone *zone)
{
  g_autoptr (GDateTime) at = local_time (then, zone);
  g_autoptr (GDateTime) today = local_time (now, zone);
  int days = days_between (at, today);

  if (days <= 0)
    return g_strdup (_("Today"));
  if (days == 1)
    return g_strdup (_("Yesterday"));
  if (days < 7)
    return format (at, C_("weekday above messages", "%A"));
  if (g_date_time_get_year (at) == g_date_time_get_year (today))
    return format (at, C_("day and month above messages", "%e %B"));
  return format (at, C_("date above messages", "%e %B %Y"));
}

/**
 * cfa_time_clock:
 * @then: milliseconds UTC
 * @zone: the reader's time zone
 *
 * Returns: (transfer full): the time of day, "14:30"
 */
char *
cfa_time_clock (gint64 then, GTimeZone *zone)
{
  g_autoptr (GDateTime) at = local_time (then, zone);

  return format (at, C_("time", "%H:%M"));
}

/**
 * cfa_time_full:
 * @then: milliseconds UTC
 * @zone: the reader's time zone
 *
 * Returns: (transfer full): date and time for a tooltip, "Monday, 3 March 2025, 14:30"
 */
char *
cfa_time_full (gint64 then, GTimeZone *zone)
{
  g_autoptr (GDateTime) at = local_time (then, zone);

  return format (at, C_("date and time", "%A, %-e %B %Y, %H:%M"));
}

/**
 * cfa_time_patience:
 * @waiting_since: milliseconds UTC, 0 when nobody waits
 * @now: milliseconds UTC
 *
 * Returns: how urgent an answer is
 */
CfaPatience
cfa_time_patience (gint64 waiting_since, gint64 now)
{
  if (waiting_since == 0)
    return CFA_PATIENCE_NONE;
  if (now - waiting_since >= RED_AFTER)
    return CFA_PATIENCE_LATE;
  return now - waiting_since >= AMBER_AFTER ? CFA_PATIENCE_WAITING : CFA_PATIENCE_FRESH;
}

/**
 * cfa_time_waiting:
 * @waiting_since: milliseconds UTC, 0 when nobody waits
 * @now: milliseconds UTC
 *
 * How long a visitor has been waiting for an answer, said from two minutes on.
 *
 * Returns: (transfer full) (nullable): "waiting 9 min", "waiting 3 h", "waiting 2 days"
 */
char *
cfa_time_waiting (gint64 waiting_since, gint64 now)
{
  gint64 age = now - waiting_since;

  if (cfa_time_patience (waiting_since, now) < CFA_PATIENCE_WAITING)
    return NULL;
  if (age < HOUR)
    return g_strdup_printf (_("waiting %d min"), (int) (age / MINUTE));
  if (age < DAY)
    return g_strdup_printf (_("waiting %d h"), (int) (age / HOUR));
  return g_strdup_printf (ngettext ("waiting %d day", "waiting %d days", age / DAY), (int) (age / DAY));
}
