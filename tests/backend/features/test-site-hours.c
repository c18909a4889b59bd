/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/features/sites/site-hours.h"

#include "protocol/error.h"
#include "protocol/json.h"

#define HOURS(zone, ranges, holidays) "{\"limited\":true,\"time_zone\":\"" zone "\",\"ranges\":[" ranges "],\"holidays\":[" holidays "]}"
#define RANGE(day, from, to)          "{\"day\":\"" day "\",\"from\":\"" from "\",\"to\":\"" to "\"}"
#define HOLIDAY(date)                 "{\"date\":\"" date "\"}"

#define WEEK(from, to)                                                                                             \
  RANGE ("monday", from, to) "," RANGE ("tuesday", from, to) "," RANGE ("wednesday", from, to) "," RANGE ("thursday", from, to) "," \
  RANGE ("friday", from, to) "," RANGE ("saturday", from, to) "," RANGE ("sunday", from, to)

static const char office[] = HOURS ("Europe/Lisbon", RANGE ("monday", "09:00", "13:00") "," RANGE ("monday", "14:00", "18:00")
                                    "," RANGE ("friday", "10:00", "12:00"), HOLIDAY ("2026-12-25"));
static const char bar[] = HOURS ("Europe/Madrid", RANGE ("friday", "22:00", "02:00") "," RANGE ("saturday", "22:00", "02:00"), HOLIDAY ("2026-12-25"));
static const char berlin[] = HOURS ("Europe/Berlin", WEEK ("02:30", "04:00"), "");
static const char berlin_day[] = HOURS ("Europe/Berlin", WEEK ("09:00", "17:00"), "");
static const char berlin_late[] = HOURS ("Europe/Berlin", WEEK ("00:00", "02:30"), "");
static const char always[] = HOURS ("Asia/Tokyo", WEEK ("00:00", "24:00"), HOLIDAY ("2026-01-01") "," HOLIDAY ("2026-01-02"));
static const char mondays[] = HOURS ("UTC", RANGE ("monday", "09:00", "10:00"), HOLIDAY ("2026-11-30") "," HOLIDAY ("2026-12-14") "," HOLIDAY ("2026-12-07")
                                     "," HOLIDAY ("2026-12-21"));
static const char gap[] = HOURS ("Europe/Berlin", RANGE ("sunday", "02:10", "02:50"), "");
static const char never[] = HOURS ("UTC", "", "");
static const char kathmandu[] = HOURS ("Asia/Kathmandu", RANGE ("sunday", "00:00", "01:00"), "");
static const char new_york[] = HOURS ("America/New_York", RANGE ("tuesday", "20:00", "24:00") "," RANGE ("wednesday", "00:00", "01:00"), "");

static const struct
{
  const char *name, *hours, *now;
  gboolean closed;
  const char *until; /* NULL = for ever */
} cases[] = {
  { "before the day", office, "2026-11-23T08:59:59Z", TRUE, "2026-11-23T09:00:00Z" },
  { "its first moment", office, "2026-11-23T09:00:00Z", FALSE, "2026-11-23T13:00:00Z" },
  { "its last moment", office, "2026-11-23T12:59:59Z", FALSE, "2026-11-23T13:00:00Z" },
  { "lunch", office, "2026-11-23T13:00:00Z", TRUE, "2026-11-23T14:00:00Z" },
  { "over days without any", office, "2026-11-23T18:00:00Z", TRUE, "2026-11-27T10:00:00Z" },
  { "over a holiday, and over a weekend", office, "2026-12-22T08:00:00Z", TRUE, "2026-12-28T09:00:00Z" },
  { "in summer an hour earlier", office, "2026-07-06T07:59:00Z", TRUE, "2026-07-06T08:00:00Z" },
  { "late in the evening", bar, "2026-11-20T22:30:00Z", FALSE, "2026-11-21T01:00:00Z" },
  { "past midnight", bar, "2026-11-21T00:30:00Z", FALSE, "2026-11-21T01:00:00Z" },
  { "past the end", bar, "2026-11-21T01:00:00Z", TRUE, "2026-11-21T21:00:00Z" },
  { "past midnight of a day that did not begin", bar, "2026-11-20T00:30:00Z", TRUE, "2026-11-20T21:00:00Z" },
  { "a holiday does not run into the next day", bar, "2026-12-26T00:30:00Z", TRUE, "2026-12-26T21:00:00Z" },
  { "begins in the hour that is not there", berlin, "2026-03-29T00:30:00Z", TRUE, "2026-03-29T01:00:00Z" },
  { "is open after it", berlin, "2026-03-29T01:00:00Z", FALSE, "2026-03-29T02:00:00Z" },
  { "the day before summer time", berlin_day, "2026-03-28T17:00:00Z", TRUE, "2026-03-29T07:00:00Z" },
  { "the day before winter time", berlin_day, "2026-10-24T17:00:00Z", TRUE, "2026-10-25T08:00:00Z" },
  { "an hour that comes twice, the first time", berlin_late, "2026-10-25T00:10:00Z", FALSE, "2026-10-25T00:30:00Z" },
  { "closed until it comes again", berlin_late, "2026-10-25T00:40:00Z", TRUE, "2026-10-25T01:00:00Z" },
  { "the second time", berlin_late, "2026-10-25T01:00:00Z", FALSE, "2026-10-25T01:30:00Z" },
  { "day and night", always, "2026-06-01T00:00:00Z", FALSE, NULL },
  { "day and night up to a holiday", always, "2025-12-31T14:59:59Z", FALSE, "2025-12-31T15:00:00Z" },
  { "day and night up to a holiday in half a year", always, "2025-06-01T00:00:00Z", FALSE, "2025-12-31T15:00:00Z" },
  { "the only day of each week is a holiday, four times", mondays, "2026-11-24T00:00:00Z", TRUE, "2026-12-28T09:00:00Z" },
  { "the only hours of the week fall into the gap", gap, "2026-03-23T00:00:00Z", TRUE, "2026-04-05T00:10:00Z" },
  { "two holidays", always, "2025-12-31T15:00:00Z", TRUE, "2026-01-02T15:00:00Z" },
  { "no ranges at all", never, "2026-06-01T00:00:00Z", TRUE, NULL },
  { "a zone with odd minutes", kathmandu, "2026-11-21T18:14:00Z", TRUE, "2026-11-21T18:15:00Z" },
  { "midnight between two ranges is none", new_york, "2026-11-25T04:30:00Z", FALSE, "2026-11-25T06:00:00Z" },
  { "behind UTC", new_york, "2026-11-25T06:00:00Z", TRUE, "2026-12-02T01:00:00Z" },
};

static gint64
moment (const char *text)
{
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  return time != NULL ? g_date_time_to_unix (time) * 1000 : 0;
}

static CfSiteHours *
hours_of (const char *json)
{
  GError *error = NULL;
  CfSiteHours *hours = cf_json_decode_text (&cf_site_hours_shape, json, CF_DECODE_STRICT, &error);

  g_assert_no_error (error);
  cfd_site_hours_check (hours, &error);
  g_assert_no_error (error);
  return hours;
}

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CfSiteHours) hours = hours_of (cases[i].hours);
      g_autoptr (CfSiteOpening) opening = cfd_site_hours_at (hours, moment (cases[i].now));

      g_test_message ("%s", cases[i].name);
      g_assert_cmpint (opening->closed, ==, cases[i].closed);
      g_assert_cmpint (opening->until, ==, moment (cases[i].until));
    }
}

/* What is promised is so: it stays as it is up to that moment, and is otherwise in it. */
static void
test_until (void)
{
  static const char *const all[] = { office, bar, berlin, berlin_late, always, kathmandu, new_york };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr (CfSiteHours) hours = hours_of (all[i]);
      gint64 now = moment ("2026-01-01T00:00:00Z") + g_test_rand_int_range (0, 365 * 24 * 3600) * G_GINT64_CONSTANT (1000);

      for (guint n = 0; n < 12; n++)
        {
          g_autoptr (CfSiteOpening) opening = cfd_site_hours_at (hours, now);

          if (opening->until == 0)
            break;
          g_assert_cmpint (opening->until, >, now);
          for (gint64 at = now; at < opening->until; at += 47 * 60 * 1000)
            {
              g_autoptr (CfSiteOpening) between = cfd_site_hours_at (hours, at);

              g_assert_cmpint (between->closed, ==, opening->closed);
              g_assert_cmpint (between->until, ==, opening->until);
            }
          now = opening->until;
        }
    }
}

static void
test_always_open (void)
{
  g_autoptr (CfSiteHours) hours = hours_of ("{\"time_zone\":\"UTC\",\"ranges\":[" RANGE ("monday", "09:00", "10:00") "]}");
  g_autoptr (CfSiteOpening) unset = cfd_site_hours_at (NULL, moment ("2026-06-01T00:00:00Z"));
  g_autoptr (CfSiteOpening) unlimited = cfd_site_hours_at (hours, moment ("2026-06-01T00:00:00Z"));

  g_assert_false (unset->closed);
  g_assert_false (unlimited->closed);
  g_assert_cmpint (unlimited->until, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sites/hours/cases", test_cases);
  g_test_add_func ("/sites/hours/until", test_until);
  g_test_add_func ("/sites/hours/always-open", test_always_open);
  return g_test_run ();
}
