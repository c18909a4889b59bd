/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/features/conversations/snooze-time.h"

/* Wednesday, 18 November 2026, 14:30 in Berlin. */
#define WEDNESDAY ((gint64) 1795008600000)
#define HOUR ((gint64) 60 * 60 * 1000)

static void
assert_at (gint64 time, GTimeZone *zone, const char *expected)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);
  g_autoptr (GDateTime) here = g_date_time_to_timezone (utc, zone);
  g_autofree char *text = g_date_time_format (here, "%a %F %H:%M");

  g_assert_cmpstr (text, ==, expected);
}

static void
test_offers (void)
{
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");

  assert_at (WEDNESDAY, berlin, "Wed 2026-11-18 14:30");
  assert_at (cfa_snooze_time (CFA_SNOOZE_HOUR, WEDNESDAY, berlin), berlin, "Wed 2026-11-18 15:30");
  assert_at (cfa_snooze_time (CFA_SNOOZE_TOMORROW, WEDNESDAY, berlin), berlin, "Thu 2026-11-19 09:00");
  assert_at (cfa_snooze_time (CFA_SNOOZE_MONDAY, WEDNESDAY, berlin), berlin, "Mon 2026-11-23 09:00");
  /* On a Monday, the next one is in a week; on a Sunday evening it is tomorrow. */
  assert_at (cfa_snooze_time (CFA_SNOOZE_MONDAY, WEDNESDAY + 5 * 24 * HOUR, berlin), berlin, "Mon 2026-11-30 09:00");
  assert_at (cfa_snooze_time (CFA_SNOOZE_MONDAY, WEDNESDAY + 4 * 24 * HOUR, berlin), berlin, "Mon 2026-11-23 09:00");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/snooze-time/offers", test_offers);
  return g_test_run ();
}
