/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/features/conversations/time-text.h"

#include <libintl.h>
#include <locale.h>

#define MINUTE ((gint64) 60 * 1000)
#define HOUR (60 * MINUTE)

/* Wednesday, 5 March 2025 */
static gint64
at (int month, int day, int hour, int minute, int year)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (year, month, day, hour, minute, 0);

  return g_date_time_to_unix (time) * 1000;
}

static void
check_short (gint64 then, const char *expected)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *words = cfa_time_short (then, at (3, 5, 15, 0, 2025), utc);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_short (void)
{
  check_short (at (3, 5, 15, 0, 2025), "now");
  check_short (at (3, 5, 15, 5, 2025), "now"); /* a clock that runs behind the server's */
  check_short (at (3, 5, 14, 59, 2025), "1 min");
  check_short (at (3, 5, 14, 1, 2025), "59 min");
  check_short (at (3, 5, 14, 0, 2025), "14:00");
  check_short (at (3, 5, 0, 5, 2025), "00:05");
  check_short (at (3, 4, 23, 59, 2025), "Yesterday");
  check_short (at (3, 3, 9, 0, 2025), "Mon");
  check_short (at (2, 27, 9, 0, 2025), "Thu");
  check_short (at (2, 26, 9, 0, 2025), "26 Feb");
  check_short (at (1, 3, 9, 0, 2025), "3 Jan");
  check_short (at (12, 31, 9, 0, 2024), "31 Dec 2024");
}

static void
check_day (gint64 then, const char *expected)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *words = cfa_time_day (then, at (3, 5, 15, 0, 2025), utc);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_day (void)
{
  check_day (at (3, 5, 0, 0, 2025), "Today");
  check_day (at (3, 6, 0, 1, 2025), "Today");
  check_day (at (3, 4, 23, 59, 2025), "Yesterday");
  check_day (at (3, 3, 0, 0, 2025), "Monday");
  check_day (at (2, 26, 0, 0, 2025), "26 February");
  check_day (at (2, 6, 0, 0, 2024), "6 February 2024");
}

static void
test_zone (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GTimeZone) east = g_time_zone_new_identifier ("+02");
  gint64 late = at (3, 4, 23, 0, 2025);
  g_autofree char *clock = cfa_time_clock (late, east);
  g_autofree char *full = cfa_time_full (late, east);

  g_assert_cmpstr (clock, ==, "01:00");
  g_assert_cmpstr (full, ==, "Wednesday, 5 March 2025, 01:00");
  g_assert_true (cfa_time_same_day (late, late + 2 * HOUR, east));
  g_assert_false (cfa_time_same_day (late, late + 2 * HOUR, utc));
}

static void
check_waiting (gint64 age, CfaPatience patience, const char *expected)
{
  gint64 now = at (3, 5, 15, 0, 2025);
  g_autofree char *words = cfa_time_waiting (now - age, now);

  g_assert_cmpint (cfa_time_patience (now - age, now), ==, patience);
  g_assert_cmpstr (words, ==, expected);
}

static void
test_waiting (void)
{
  g_assert_cmpint (cfa_time_patience (0, at (3, 5, 15, 0, 2025)), ==, CFA_PATIENCE_NONE);
  g_assert_null (cfa_time_waiting (0, at (3, 5, 15, 0, 2025)));
  check_waiting (MINUTE, CFA_PATIENCE_FRESH, NULL);
  check_waiting (2 * MINUTE, CFA_PATIENCE_WAITING, "waiting 2 min");
  check_waiting (10 * MINUTE, CFA_PATIENCE_LATE, "waiting 10 min");
  check_waiting (5 * HOUR, CFA_PATIENCE_LATE, "waiting 5 h");
  check_waiting (24 * HOUR, CFA_PATIENCE_LATE, "waiting 1 day");
  check_waiting (50 * HOUR, CFA_PATIENCE_LATE, "waiting 2 days");
}

/* The order of day, month and year is each language's; the names of months are the locale's, here C's. */
static void
test_languages (void)
{
  static const struct
  {
    const char *language, *day, *date, *waiting;
  } cases[] = {
    { "ar", "26 February", "31 Dec 2024", "ينتظر منذ يومين" },
    { "de", "26. February", "31. Dec 2024", "wartet 2 Tage" },
    { "es", "26 de February", "31 Dec 2024", "espera desde hace 2 días" },
    { "fr", "26 February", "31 Dec 2024", "attend depuis 2 jours" },
    { "ja", "2月26日", "2024年12月31日", "2 日待ち" },
    { "pt_BR", "26 de February", "31 Dec 2024", "esperando há 2 dias" },
  };

  bindtextdomain ("chatflow", g_getenv ("CHATFLOW_LOCALEDIR"));
  bind_textdomain_codeset ("chatflow", "UTF-8");
  textdomain ("chatflow");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_setenv ("LANGUAGE", cases[i].language, TRUE);
      setlocale (LC_MESSAGES, "C"); /* there and back, so that gettext looks at the language again */
      setlocale (LC_MESSAGES, "C.UTF-8");
      check_day (at (2, 26, 0, 0, 2025), cases[i].day);
      check_short (at (12, 31, 9, 0, 2024), cases[i].date);
      check_waiting (50 * HOUR, CFA_PATIENCE_LATE, cases[i].waiting);
    }
  g_unsetenv ("LANGUAGE");
  textdomain ("messages");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/time-text/short", test_short);
  g_test_add_func ("/app/time-text/day", test_day);
  g_test_add_func ("/app/time-text/zone", test_zone);
  g_test_add_func ("/app/time-text/waiting", test_waiting);
  g_test_add_func ("/app/time-text/languages", test_languages);
  return g_test_run ();
}
