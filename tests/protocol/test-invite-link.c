/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/invite-link.h"

#define TOKEN "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_abcde"

static void
test_links (void)
{
  static const struct { const char *server, *link; } cases[] = {
    { "https://chat.example.com", "chatflow://chat.example.com/join/" TOKEN },
    { "https://chat.example.com:8443/desk", "chatflow://chat.example.com:8443/desk/join/" TOKEN },
    { "http://127.0.0.1:8080", "chatflow://127.0.0.1:8080/join/" TOKEN "?plain" },
    { "http://[::1]:8080", "chatflow://[::1]:8080/join/" TOKEN "?plain" },
    { "https://example.com/join", "chatflow://example.com/join/join/" TOKEN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *link = cf_invite_link_new (cases[i].server, TOKEN), *server = NULL, *token = NULL;
      g_autofree char *pasted = g_strdup_printf (" %s\n", cases[i].link);

      g_assert_cmpstr (link, ==, cases[i].link);
      g_assert_true (cf_invite_link_read (pasted, &server, &token));
      g_assert_cmpstr (server, ==, cases[i].server);
      g_assert_cmpstr (token, ==, TOKEN);
    }
}

static void
test_code (void)
{
  g_autofree char *server = NULL, *token = NULL;

  g_assert_true (cf_invite_link_read ("  " TOKEN "\n", &server, &token));
  g_assert_null (server);
  g_assert_cmpstr (token, ==, TOKEN);
}

static void
test_others (void)
{
  static const char *const texts[] = {
    "", "chatflow://", "chatflow:///join/" TOKEN, "chatflow://h/" TOKEN, "chatflow://h/join/", "chatflow://h/join/short", "chatflow://h/join/" TOKEN "x",
    "https://h/join/" TOKEN, "chatflow://ana:secret@h/join/" TOKEN, "chatflow://h/join/" TOKEN "#x", "chatflow://h/join/" TOKEN "?plain=1",
    "chatflow://h/join/" TOKEN "/", "Join us: chatflow://h/join/" TOKEN, TOKEN TOKEN, "chatflow://\xff/join/" TOKEN,
  };
  g_autofree char *endless = g_strnfill (1 << 20, 'a');
  char *server, *token;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_false (cf_invite_link_read (texts[i], &server, &token));
  g_assert_false (cf_invite_link_read (endless, &server, &token));
  g_assert_null (cf_invite_link_new ("chat.example.com", TOKEN));
  g_assert_null (cf_invite_link_new ("ftp://chat.example.com", TOKEN));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/invite-link/links", test_links);
  g_test_add_func ("/invite-link/code", test_code);
  g_test_add_func ("/invite-link/others", test_others);
  return g_test_run ();
}
