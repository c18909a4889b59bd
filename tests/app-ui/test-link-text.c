/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/features/session/link-text.h"

static void
check (CfaLink link, guint pending, gint64 seconds, const char *expected)
{
  g_autofree char *words = cfa_link_text (link, "https://chat.example.com", NULL, pending, seconds);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_words (void)
{
  check (CFA_LINK_LIVE, 0, 0, NULL);
  check (CFA_LINK_LIVE, 3, 0, NULL);
  check (CFA_LINK_CONNECTING, 0, 0, "Connecting to chat.example.com…");
  check (CFA_LINK_SYNCING, 2, 0, "Catching up…");
  check (CFA_LINK_WAITING, 0, 8, "Couldn’t reach chat.example.com. Trying again in 8 s.");
  check (CFA_LINK_WAITING, 0, 0, "Couldn’t reach chat.example.com. Trying again…");
  check (CFA_LINK_WAITING, 1, 8,
         "Couldn’t reach chat.example.com. Working offline: 1 message will be sent when you’re back. Trying again in 8 s.");
  check (CFA_LINK_WAITING, 3, 8,
         "Couldn’t reach chat.example.com. Working offline: 3 messages will be sent when you’re back. Trying again in 8 s.");
  check (CFA_LINK_SIGNED_OUT, 0, 0, "The server has ended your session. Sign in again.");
}

static void
test_host (void)
{
  g_autofree char *plain = cfa_link_host ("https://chat.example.com");
  g_autofree char *port = cfa_link_host ("http://127.0.0.1:8080");
  g_autofree char *odd = cfa_link_host ("not an address");

  g_assert_cmpstr (plain, ==, "chat.example.com");
  g_assert_cmpstr (port, ==, "127.0.0.1:8080");
  g_assert_cmpstr (odd, ==, "not an address");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/link-text/words", test_words);
  g_test_add_func ("/app/link-text/host", test_host);
  return g_test_run ();
}
