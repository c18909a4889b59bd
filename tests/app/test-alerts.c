/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/features/alerts/alert-batch.h"
#include "app/features/alerts/alert-text.h"

#include <string.h>

#define ONE   "0190a5c0-0001-7abc-8def-000000000001"
#define TWO   "0190a5c0-0001-7abc-8def-000000000002"
#define THREE "0190a5c0-0001-7abc-8def-000000000003"
#define FOUR  "0190a5c0-0001-7abc-8def-000000000004"
#define SITE  "0190a5c0-0001-7abc-8def-00000000000a"

static GDateTime *
at (const char *zone, int day, int hour, int minute)
{
  g_autoptr (GTimeZone) tz = g_time_zone_new_identifier (zone);

  g_assert_nonnull (tz);
  return g_date_time_new (tz, 2026, 6, day, hour, minute, 0); /* the 1st of June 2026 is a Monday */
}

static gint64
ms (GDateTime *time)
{
  return g_date_time_to_unix (time) * 1000;
}

static void
check (CfaAlertKind kind, const CfaAlertPreferences *preferences, const char *open_id, gboolean focused, GDateTime *now, gboolean notify, gboolean sound)
{
  g_autoptr (CfaAlertEvent) event = cfa_alert_event_new (kind, ONE);
  const CfaAlertScene scene = { open_id, focused };
  CfaAlertVerdict verdict;

  event->site_id = g_strdup (SITE);
  verdict = cfa_alert_rules_judge (event, preferences, &scene, now);
  g_assert_cmpint (verdict.notify, ==, notify);
  g_assert_cmpint (verdict.sound, ==, sound);
  event->own = TRUE;
  verdict = cfa_alert_rules_judge (event, preferences, &scene, now);
  g_assert_false (verdict.notify || verdict.sound);
}

static void
test_choices (void)
{
  g_autoptr (GDateTime) now = at ("UTC", 1, 12, 0);

  for (int kind = 0; kind < CFA_N_ALERTS; kind++)
    for (int chosen = 0; chosen < 4; chosen++)
      {
        g_autoptr (CfaAlertPreferences) preferences = cfa_alert_preferences_new ();

        preferences->events[kind].notify = (chosen & 1) != 0;
        preferences->events[kind].sound = (chosen & 2) != 0;
        check (kind, preferences, NULL, FALSE, now, chosen & 1, chosen >> 1);
        check ((kind + 1) % CFA_N_ALERTS, preferences, NULL, FALSE, now, TRUE, (kind + 1) % CFA_N_ALERTS != CFA_ALERT_RETURNED);
        preferences->events[kind].volume = 0;
        check (kind, preferences, NULL, FALSE, now, chosen & 1, FALSE);
        preferences->events[kind].volume = 50;
        preferences->sounds = FALSE;
        check (kind, preferences, NULL, FALSE, now, chosen & 1, FALSE);
      }
}

static void
test_scene (void)
{
  g_autoptr (GDateTime) now = at ("UTC", 1, 12, 0);
  g_autoptr (CfaAlertPreferences) preferences = cfa_alert_preferences_new ();

  check (CFA_ALERT_MESSAGE, preferences, ONE, TRUE, now, FALSE, FALSE);
  check (CFA_ALERT_URGENT, preferences, ONE, TRUE, now, FALSE, FALSE);
  check (CFA_ALERT_MESSAGE, preferences, ONE, FALSE, now, TRUE, TRUE);
  check (CFA_ALERT_MESSAGE, preferences, TWO, TRUE, now, TRUE, TRUE);
  check (CFA_ALERT_MESSAGE, preferences, NULL, TRUE, now, TRUE, TRUE);
}

static void
test_mutes (void)
{
  g_autoptr (GDateTime) now = at ("UTC", 1, 12, 0);
  g_autoptr (CfaAlertPreferences) preferences = cfa_alert_preferences_new ();

  cfa_alert_preferences_mute (preferences, ONE, ms (now) + 1);
  check (CFA_ALERT_MESSAGE, preferences, NULL, FALSE, now, FALSE, FALSE);
  check (CFA_ALERT_URGENT, preferences, NULL, FALSE, now, FALSE, FALSE);
  cfa_alert_preferences_mute (preferences, ONE, ms (now)); /* ends in the past, or right now: is none */
  check (CFA_ALERT_MESSAGE, preferences, NULL, FALSE, now, TRUE, TRUE);
  cfa_alert_preferences_mute (preferences, ONE, 0);
  g_assert_cmpint (cfa_alert_preferences_muted (preferences, ONE), ==, 0);
  preferences->muted_until = ms (now) + 60000;
  check (CFA_ALERT_MESSAGE, preferences, NULL, FALSE, now, FALSE, FALSE);
  check (CFA_ALERT_URGENT, preferences, NULL, FALSE, now, TRUE, TRUE);
  preferences->urgent_breaks = FALSE;
  check (CFA_ALERT_URGENT, preferences, NULL, FALSE, now, FALSE, FALSE);
  g_assert_cmpint (cfa_alert_rules_quiet_until (preferences, now), ==, ms (now) + 60000);
  preferences->muted_until = ms (now) - 1;
  check (CFA_ALERT_MESSAGE, preferences, NULL, FALSE, now, TRUE, TRUE);
  g_assert_cmpint (cfa_alert_rules_quiet_until (preferences, now), ==, 0);
}

static void
test_sites (void)
{
  g_autoptr (GDateTime) now = at ("UTC", 1, 12, 0);
  g_autoptr (CfaAlertPreferences) preferences = cfa_alert_preferences_new ();

  cfa_alert_preferences_set_site (preferences, SITE, CFA_SITE_SILENT);
  check (CFA_ALERT_MESSAGE, preferences, NULL, FALSE, now, TRUE, FALSE);
  cfa_alert_preferences_set_site (preferences, SITE, CFA_SITE_NOTHING);
  check (CFA_ALERT_URGENT, preferences, NULL, FALSE, now, FALSE, FALSE);
  cfa_alert_preferences_set_site (preferences, SITE, CFA_SITE_ALERTS);
  check (CFA_ALERT_MESSAGE, preferences, NULL, FALSE, now, TRUE, TRUE);
}

/* Monday 22:00-07:30 and 12:00-13:00; Sunday 23:00-23:00, a whole day long; nothing else. */
static CfaAlertPreferences *
quiet_week (void)
{
  CfaAlertPreferences *preferences = cfa_alert_preferences_new ();

  memset (preferences->quiet_days, 0, sizeof preferences->quiet_days);
  preferences->quiet = TRUE;
  preferences->quiet_days[0] = (CfaQuietDay) { 2, { { 22 * 60, 7 * 60 + 30 }, { 12 * 60, 13 * 60 } } };
  preferences->quiet_days[6] = (CfaQuietDay) { 1, { { 23 * 60, 23 * 60 } } };
  return preferences;
}

static void
test_quiet_hours (void)
{
  static const struct { int day, hour, minute; gboolean quiet; int until_day, until_hour, until_minute; } cases[] = {
    { 2, 7, 29, TRUE, 2, 7, 30 }, { 2, 7, 30, FALSE }, { 2, 22, 30, FALSE }, { 1, 22, 0, TRUE, 2, 7, 30 }, { 2, 0, 0, TRUE, 2, 7, 30 },
    { 8, 11, 59, TRUE, 8, 13, 0 }, /* Sunday's day reaches to 23:00 of Monday, beyond which its night goes on */
    { 7, 22, 59, FALSE }, { 7, 23, 0, TRUE, 9, 7, 30 }, { 3, 12, 30, FALSE },
  };
  g_autoptr (CfaAlertPreferences) preferences = quiet_week ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GDateTime) now = at ("Europe/Lisbon", cases[i].day, cases[i].hour, cases[i].minute);
      g_autoptr (GDateTime) until = at ("Europe/Lisbon", cases[i].until_day > 0 ? cases[i].until_day : 1, cases[i].until_hour, cases[i].until_minute);

      g_assert_cmpint (cfa_alert_rules_in_quiet (preferences, now), ==, cases[i].quiet);
      check (CFA_ALERT_MESSAGE, preferences, NULL, FALSE, now, !cases[i].quiet, !cases[i].quiet);
      if (i != 5)
        g_assert_cmpint (cfa_alert_rules_quiet_until (preferences, now), ==, cases[i].quiet ? ms (until) : 0);
    }
  {
    g_autoptr (GDateTime) monday = at ("Europe/Lisbon", 8, 11, 59), end = at ("Europe/Lisbon", 9, 7, 30);

    g_assert_cmpint (cfa_alert_rules_quiet_until (preferences, monday), ==, ms (end));
    preferences->quiet = FALSE;
    g_assert_false (cfa_alert_rules_in_quiet (preferences, monday));
  }
}

static void
test_quiet_for_ever (void)
{
  g_autoptr (CfaAlertPreferences) preferences = cfa_alert_preferences_new ();
  g_autoptr (GDateTime) now = at ("UTC", 5, 3, 0);

  preferences->quiet = TRUE;
  for (guint day = 0; day < CFA_WEEK_DAYS; day++)
    preferences->quiet_days[day] = (CfaQuietDay) { 1, { { 0, 0 } } };
  g_assert_cmpint (cfa_alert_rules_quiet_until (preferences, now), ==, G_MAXINT64);
}

static void
test_spans (void)
{
  g_autoptr (GDateTime) evening = at ("Asia/Tokyo", 1, 23, 50), night = at ("Asia/Tokyo", 2, 1, 10), early = at ("Asia/Tokyo", 2, 5, 0);
  g_autoptr (GDateTime) morning = at ("Asia/Tokyo", 2, 8, 0), next = at ("Asia/Tokyo", 3, 8, 0);
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (GDateTime) before_summer = g_date_time_new (berlin, 2026, 3, 28, 20, 0, 0); /* that night has no 02:30 */
  g_autoptr (GDateTime) summer = g_date_time_new (berlin, 2026, 3, 29, 8, 0, 0);

  g_assert_cmpint (cfa_alert_rules_mute_until (CFA_MUTE_30_MINUTES, evening), ==, ms (evening) + 1800000);
  g_assert_cmpint (cfa_alert_rules_mute_until (CFA_MUTE_1_HOUR, evening), ==, ms (evening) + 3600000);
  g_assert_cmpint (cfa_alert_rules_mute_until (CFA_MUTE_2_HOURS, evening), ==, ms (evening) + 7200000);
  g_assert_cmpint (cfa_alert_rules_mute_until (CFA_MUTE_UNTIL_TOMORROW, evening), ==, ms (morning));
  g_assert_cmpint (cfa_alert_rules_mute_until (CFA_MUTE_UNTIL_TOMORROW, night), ==, ms (morning));
  g_assert_cmpint (cfa_alert_rules_mute_until (CFA_MUTE_UNTIL_TOMORROW, early), ==, ms (next));
  g_assert_cmpint (cfa_alert_rules_mute_until (CFA_MUTE_UNTIL_TOMORROW, before_summer), ==, ms (summer));
}

static CfaAlertPreferences *
again (const CfaAlertPreferences *preferences, gint64 now)
{
  g_autofree char *text = cfa_alert_preferences_to_ini (preferences, now);
  g_autoptr (GError) error = NULL;
  CfaAlertPreferences *read = cfa_alert_preferences_from_ini (text, strlen (text), &error);

  g_assert_no_error (error);
  return read;
}

static void
test_kept (void)
{
  g_autoptr (CfaAlertPreferences) preferences = quiet_week (), read = NULL;

  preferences->events[CFA_ALERT_MENTION] = (CfaAlertChoice) { FALSE, TRUE, 35, g_strdup ("/music/ping; pong\n.oga") };
  preferences->previews = preferences->sounds = preferences->idle_away = FALSE;
  preferences->background = preferences->autostart = TRUE;
  preferences->urgent_minutes = 3;
  preferences->idle_minutes = 7;
  preferences->muted_until = 5000;
  cfa_alert_preferences_mute (preferences, ONE, 5000);
  cfa_alert_preferences_mute (preferences, TWO, 900);
  cfa_alert_preferences_set_site (preferences, SITE, CFA_SITE_NOTHING);
  read = again (preferences, 1000);
  g_assert_false (read->events[CFA_ALERT_MENTION].notify);
  g_assert_cmpuint (read->events[CFA_ALERT_MENTION].volume, ==, 35);
  g_assert_cmpstr (read->events[CFA_ALERT_MENTION].file, ==, "/music/ping; pong\n.oga");
  g_assert_null (read->events[CFA_ALERT_URGENT].file);
  g_assert_false (read->previews || read->sounds || read->idle_away);
  g_assert_true (read->background && read->autostart && read->quiet);
  g_assert_cmpuint (read->urgent_minutes, ==, 3);
  g_assert_cmpuint (read->idle_minutes, ==, 7);
  g_assert_cmpint (read->muted_until, ==, 5000);
  g_assert_cmpint (cfa_alert_preferences_muted (read, ONE), ==, 5000);
  g_assert_cmpint (cfa_alert_preferences_muted (read, TWO), ==, 0); /* was over */
  g_assert_cmpint (cfa_alert_preferences_site (read, SITE), ==, CFA_SITE_NOTHING);
  g_assert_cmpmem (read->quiet_days[0].ranges, 2 * sizeof (CfaQuietRange), preferences->quiet_days[0].ranges, 2 * sizeof (CfaQuietRange));
  g_assert_cmpuint (read->quiet_days[1].n, ==, 0);
}

/* Whatever a file says, what is wrong in it counts as unsaid. */
static void
test_wrong_files (void)
{
  static const char nonsense[] =
    "[alerts]\nsounds=perhaps\nurgent-minutes=0\nidle-minutes=-4\nmuted-until=-99\n[urgent]\nvolume=101\nfile=relative.wav\nnotify=2\n"
    "[quiet-hours]\nmonday=25:00-07:00;8:00-09:00;08:60-09:00;10:00-11:00-12:00;a;;22:00-06:00\n[sites]\nnot-an-id=nothing\n" SITE "=loud\n"
    "[muted]\nme=7\n" ONE "=-7\n" TWO "=x\n[other]\nkey=value\n";
  g_autoptr (CfaAlertPreferences) read = cfa_alert_preferences_from_ini (nonsense, sizeof nonsense - 1, NULL);
  g_autoptr (CfaAlertPreferences) first = cfa_alert_preferences_new ();
  g_autofree char *huge = g_strnfill (300 * 1024, '#');
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (read);
  g_assert_true (read->sounds);
  g_assert_cmpuint (read->urgent_minutes, ==, first->urgent_minutes);
  g_assert_cmpuint (read->idle_minutes, ==, first->idle_minutes);
  g_assert_cmpint (read->muted_until, ==, 0);
  g_assert_cmpuint (read->events[CFA_ALERT_URGENT].volume, ==, 80);
  g_assert_null (read->events[CFA_ALERT_URGENT].file);
  g_assert_true (read->events[CFA_ALERT_URGENT].notify);
  g_assert_cmpuint (read->quiet_days[0].n, ==, 1);
  g_assert_cmpuint (read->quiet_days[0].ranges[0].from, ==, 22 * 60);
  g_assert_cmpuint (g_hash_table_size (read->sites) + g_hash_table_size (read->muted), ==, 0);
  g_assert_null (cfa_alert_preferences_from_ini (huge, strlen (huge), &error));
  g_clear_error (&error);
  g_assert_null (cfa_alert_preferences_from_ini ("\xff\xfe[", 3, &error));
  g_assert_nonnull (error);
}

static void
add (CfaAlertBatch *batch, CfaAlertKind kind, const char *id, guint unread, gboolean notify, gboolean sound)
{
  g_autoptr (CfaAlertEvent) event = cfa_alert_event_new (kind, id);

  event->unread = unread;
  cfa_alert_batch_add (batch, event, (CfaAlertVerdict) { notify, sound });
}

static void
test_batch (void)
{
  g_autoptr (CfaAlertBatch) batch = cfa_alert_batch_new ();
  g_autoptr (CfaAlertTelling) few = NULL, many = NULL, nothing = NULL;

  add (batch, CFA_ALERT_MESSAGE, ONE, 9, TRUE, TRUE);
  add (batch, CFA_ALERT_URGENT, ONE, 9, TRUE, FALSE);
  add (batch, CFA_ALERT_MESSAGE, ONE, 9, TRUE, TRUE);
  add (batch, CFA_ALERT_MESSAGE, TWO, 1, FALSE, FALSE);
  add (batch, CFA_ALERT_MENTION, THREE, 0, FALSE, TRUE);
  few = cfa_alert_batch_take (batch, FALSE);
  g_assert_cmpuint (few->single->len, ==, 1);
  g_assert_cmpint (((CfaAlertEvent *) few->single->pdata[0])->kind, ==, CFA_ALERT_URGENT);
  g_assert_cmpuint (few->together->len, ==, 0);
  g_assert_cmpint (few->sound, ==, CFA_ALERT_MENTION); /* the loudest that may sound; urgent may not */
  g_assert_true (cfa_alert_batch_is_empty (batch));
  for (int i = 0; i < 40; i++)
    add (batch, CFA_ALERT_MESSAGE, ONE, 5, TRUE, TRUE); /* of which 35 were read elsewhere */
  add (batch, CFA_ALERT_NEW_CONVERSATION, TWO, 1, TRUE, TRUE);
  add (batch, CFA_ALERT_MESSAGE, THREE, 1, TRUE, TRUE);
  add (batch, CFA_ALERT_MESSAGE, FOUR, 1, TRUE, TRUE);
  many = cfa_alert_batch_take (batch, FALSE);
  g_assert_cmpuint (many->single->len, ==, 0);
  g_assert_cmpuint (many->together->len, ==, 4);
  g_assert_cmpuint (many->n_messages, ==, 8);
  g_assert_cmpint (many->sound, ==, CFA_ALERT_MESSAGE);
  add (batch, CFA_ALERT_MESSAGE, ONE, 1, TRUE, TRUE);
  cfa_alert_batch_drop (batch, ONE);
  nothing = cfa_alert_batch_take (batch, TRUE);
  g_assert_cmpuint (nothing->single->len + nothing->together->len, ==, 0);
  g_assert_cmpint (nothing->sound, ==, -1);
}

/* After a pause two are told in one already, one alone is told as itself. */
static void
test_late (void)
{
  g_autoptr (CfaAlertBatch) batch = cfa_alert_batch_new ();
  g_autoptr (CfaAlertTelling) one = NULL, two = NULL;

  add (batch, CFA_ALERT_MESSAGE, ONE, 2, TRUE, TRUE);
  one = cfa_alert_batch_take (batch, TRUE);
  g_assert_cmpuint (one->single->len, ==, 1);
  add (batch, CFA_ALERT_MESSAGE, ONE, 2, TRUE, TRUE);
  add (batch, CFA_ALERT_MESSAGE, TWO, 1, TRUE, TRUE);
  two = cfa_alert_batch_take (batch, TRUE);
  g_assert_cmpuint (two->single->len, ==, 0);
  g_assert_cmpuint (two->together->len, ==, 2);
  g_assert_cmpuint (two->n_messages, ==, 2);
}

static void
check_line (const char *text, guint max, const char *expected)
{
  g_autofree char *line = cfa_alert_text_line (text, max);

  g_assert_cmpstr (line, ==, expected);
}

static void
test_lines (void)
{
  g_autoptr (GString) emoji = g_string_new (NULL);
  g_autofree char *name = NULL;

  check_line (NULL, 5, "");
  check_line ("  two\n\n lines\t\x01 here ", 50, "two lines here");
  check_line ("abcdef", 6, "abcdef");
  check_line ("abcdefg", 6, "abcdef…");
  check_line ("<b>&amp;</b>", 50, "<b>&amp;</b>"); /* plain text: the desktop's part escapes it */
  check_line ("\xff\xfe bad", 50, "�� bad");
  check_line ("ana\xE2\x80\xAE" "gpj.exe", 50, "anagpj.exe");
  check_line ("ab\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB", 3, "ab…"); /* not half of a woman at her computer */
  check_line ("abe\xCC\x81x", 3, "ab…");
  for (int i = 0; i < 500; i++)
    g_string_append (emoji, "🦀");
  name = cfa_alert_text_line (emoji->str, CFA_ALERT_TITLE_MAX);
  g_assert_cmpint (g_utf8_strlen (name, -1), ==, CFA_ALERT_TITLE_MAX + 1);
  g_string_truncate (emoji, 0);
  for (int i = 0; i < 500; i++)
    g_string_append (emoji, "👩\xE2\x80\x8D");
  g_free (name);
  name = cfa_alert_text_line (emoji->str, CFA_ALERT_TITLE_MAX);
  g_assert_cmpstr (name, ==, "…"); /* one endless character */
}

static void
test_words (void)
{
  g_autoptr (CfaAlertEvent) event = cfa_alert_event_new (CFA_ALERT_URGENT, ONE);
  g_autofree char *urgent = NULL, *hidden = NULL, *mention = NULL, *group = NULL, *one = NULL, *needs = NULL, *nobody = NULL, *called = NULL;

  nobody = cfa_alert_text_title (event);
  g_assert_cmpstr (nobody, ==, "Visitor");
  event->who = g_strdup ("Ana");
  event->text = g_strdup ("Where is\nit?");
  event->since = 1;
  urgent = cfa_alert_text_body (event, TRUE, 12 * 60000 + 30);
  g_assert_cmpstr (urgent, ==, "Has been waiting for 12 minutes\nWhere is it?");
  hidden = cfa_alert_text_body (event, FALSE, 60000);
  g_assert_cmpstr (hidden, ==, "Has been waiting for 1 minute");
  event->author = g_strdup ("Bruno");
  event->since = 0;
  called = cfa_alert_text_body (event, FALSE, 60000);
  g_assert_cmpstr (called, ==, "Bruno called the supervisors");
  event->kind = CFA_ALERT_MENTION;
  mention = cfa_alert_text_title (event);
  g_assert_cmpstr (mention, ==, "Bruno mentioned you");
  group = cfa_alert_text_group (3, 7);
  g_assert_cmpstr (group, ==, "7 new messages in 3 conversations");
  one = cfa_alert_text_group (1, 1);
  g_assert_cmpstr (one, ==, "1 new message in 1 conversation");
  needs = cfa_alert_text_group (2, 0);
  g_assert_cmpstr (needs, ==, "2 conversations need you");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/alerts/choices", test_choices);
  g_test_add_func ("/app/alerts/scene", test_scene);
  g_test_add_func ("/app/alerts/mutes", test_mutes);
  g_test_add_func ("/app/alerts/sites", test_sites);
  g_test_add_func ("/app/alerts/quiet-hours", test_quiet_hours);
  g_test_add_func ("/app/alerts/quiet-for-ever", test_quiet_for_ever);
  g_test_add_func ("/app/alerts/spans", test_spans);
  g_test_add_func ("/app/alerts/kept", test_kept);
  g_test_add_func ("/app/alerts/wrong-files", test_wrong_files);
  g_test_add_func ("/app/alerts/batch", test_batch);
  g_test_add_func ("/app/alerts/late", test_late);
  g_test_add_func ("/app/alerts/lines", test_lines);
  g_test_add_func ("/app/alerts/words", test_words);
  return g_test_run ();
}
