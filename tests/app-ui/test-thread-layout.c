/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/features/conversations/thread-layout.h"

#define NOON ((gint64) 1741176000000) /* 5 March 2025, 12:00 UTC */
#define MINUTE ((gint64) 60 * 1000)

static CfaThreadLine
line (CfMessageKind kind, CfAuthorKind author_kind, const char *author, gint64 at)
{
  return (CfaThreadLine) { kind, author_kind, author, at };
}

static void
check_pair (CfaThreadLine above, CfaThreadLine below, gboolean grouped, gboolean new_day)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  CfaThreadPlace first = cfa_thread_layout (NULL, &above, &below, utc);
  CfaThreadPlace second = cfa_thread_layout (&above, &below, NULL, utc);

  g_assert_true (first.first && first.new_day && second.last);
  g_assert_cmpint (first.last, ==, !grouped);
  g_assert_cmpint (second.first, ==, !grouped);
  g_assert_cmpint (second.new_day, ==, new_day);
}

static void
test_groups (void)
{
  CfaThreadLine ana = line (CF_MESSAGE_TEXT, CF_AUTHOR_VISITOR, "ana", NOON);

  check_pair (ana, line (CF_MESSAGE_TEXT, CF_AUTHOR_VISITOR, "ana", NOON + 3 * MINUTE - 1), TRUE, FALSE);
  check_pair (ana, line (CF_MESSAGE_TEXT, CF_AUTHOR_VISITOR, "ana", NOON + 3 * MINUTE), FALSE, FALSE);
  check_pair (ana, line (CF_MESSAGE_TEXT, CF_AUTHOR_AGENT, "ana", NOON + 1), FALSE, FALSE);
  check_pair (ana, line (CF_MESSAGE_TEXT, CF_AUTHOR_VISITOR, "bo", NOON + 1), FALSE, FALSE);
  check_pair (ana, line (CF_MESSAGE_NOTE, CF_AUTHOR_VISITOR, "ana", NOON + 1), FALSE, FALSE);
}

static void
test_events_stand_alone (void)
{
  check_pair (line (CF_MESSAGE_EVENT, CF_AUTHOR_AGENT, "bo", NOON), line (CF_MESSAGE_EVENT, CF_AUTHOR_AGENT, "bo", NOON + 1),
              FALSE, FALSE);
}

static void
test_midnight_parts (void)
{
  gint64 midnight = NOON + 12 * 60 * MINUTE;

  check_pair (line (CF_MESSAGE_TEXT, CF_AUTHOR_AGENT, "bo", midnight - 1), line (CF_MESSAGE_TEXT, CF_AUTHOR_AGENT, "bo", midnight),
              FALSE, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/thread-layout/groups", test_groups);
  g_test_add_func ("/app/thread-layout/events", test_events_stand_alone);
  g_test_add_func ("/app/thread-layout/midnight", test_midnight_parts);
  return g_test_run ();
}
