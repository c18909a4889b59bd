/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cache/revision.h"
#include "app/connection/address.h"
#include "app/connection/backoff.h"
#include "app/connection/close-code.h"
#include "app/connection/wake.h"

static void
test_backoff (void)
{
  g_assert_cmpuint (cfa_backoff_delay (0, 0.0), ==, 250);
  g_assert_cmpuint (cfa_backoff_delay (0, 1.0), ==, 500);
  g_assert_cmpuint (cfa_backoff_delay (3, 1.0), ==, 4000);
  g_assert_cmpuint (cfa_backoff_delay (5, 1.0), ==, 16000);
  g_assert_cmpuint (cfa_backoff_delay (6, 1.0), ==, 30000);
  g_assert_cmpuint (cfa_backoff_delay (G_MAXUINT, 0.0), ==, 15000);
}

static void
check_address (const char *typed, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) got = cfa_address_candidates (typed, &error);
  g_autofree char *joined = got != NULL ? g_strjoinv (" ", got) : NULL;

  if (expected == NULL)
    g_assert_error (error, CFA_ADDRESS_ERROR, CFA_ADDRESS_ERROR_INVALID);
  else
    g_assert_no_error (error);
  g_assert_cmpstr (joined, ==, expected);
}

static void
test_address (void)
{
  check_address ("chat.example.com", "https://chat.example.com");
  check_address ("  Chat.Example.com/ ", "https://chat.example.com");
  check_address ("chat.example.com:8443", "https://chat.example.com:8443");
  check_address ("https://chat.example.com:443/", "https://chat.example.com");
  check_address ("http://chat.example.com", "http://chat.example.com");
  check_address ("http://chat.example.com/support//", "http://chat.example.com/support");
  check_address ("https://chat.example.com/x?y#z", "https://chat.example.com/x");
  check_address ("localhost:8080", "https://localhost:8080 http://localhost:8080");
  check_address ("127.0.0.1:8080", "https://127.0.0.1:8080 http://127.0.0.1:8080");
  check_address ("[::1]:80", "https://[::1]:80 http://[::1]");
  check_address ("192.168.1.5", "https://192.168.1.5 http://192.168.1.5");
  check_address ("8.8.8.8", "https://8.8.8.8");
  check_address ("server", "https://server http://server");
  check_address ("chat.lan", "https://chat.lan http://chat.lan");
  check_address ("https://localhost", "https://localhost");
  check_address ("", NULL);
  check_address ("not an address", NULL);
  check_address ("ftp://chat.example.com", NULL);
  check_address ("https://", NULL);
  check_address ("https://me:secret@chat.example.com", NULL);
  check_address ("chat.example.com:99999999", NULL);
}

static void
test_close_codes (void)
{
  g_assert_cmpint (cfa_close_verdict (4001), ==, CFA_CLOSE_END);
  g_assert_cmpint (cfa_close_verdict (1012), ==, CFA_CLOSE_SOON);
  g_assert_cmpint (cfa_close_verdict (1013), ==, CFA_CLOSE_BACK_OFF);
  g_assert_cmpint (cfa_close_verdict (1006), ==, CFA_CLOSE_BACK_OFF);
  g_assert_cmpint (cfa_close_verdict (0), ==, CFA_CLOSE_BACK_OFF);
}

static void
test_wake (void)
{
  CfaWake wake = { 0 };
  gint64 second = G_USEC_PER_SEC;

  g_assert_false (cfa_wake_check (&wake, 1000 * second, 5 * second));
  g_assert_false (cfa_wake_check (&wake, 1005 * second, 10 * second));
  g_assert_true (cfa_wake_check (&wake, 1600 * second, 11 * second));
  g_assert_false (cfa_wake_check (&wake, 1605 * second, 16 * second));
  g_assert_false (cfa_wake_check (&wake, 1000 * second, 21 * second)); /* the clock was set back */
}

static void
test_revisions (void)
{
  g_assert_cmpint (cfa_revision_judge (10, 10, 11), ==, CFA_VERDICT_APPLY);
  g_assert_cmpint (cfa_revision_judge (10, 8, 12), ==, CFA_VERDICT_APPLY);
  g_assert_cmpint (cfa_revision_judge (10, 11, 12), ==, CFA_VERDICT_HOLE);
  g_assert_cmpint (cfa_revision_judge (10, 9, 10), ==, CFA_VERDICT_OLD);
  g_assert_cmpint (cfa_revision_judge (10, 3, 4), ==, CFA_VERDICT_OLD);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/pure/backoff", test_backoff);
  g_test_add_func ("/app/pure/address", test_address);
  g_test_add_func ("/app/pure/close-codes", test_close_codes);
  g_test_add_func ("/app/pure/wake", test_wake);
  g_test_add_func ("/app/pure/revisions", test_revisions);
  return g_test_run ();
}
