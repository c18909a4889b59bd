/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/config.h"
#include "protocol/error.h"

#include <glib/gstdio.h>
#include <string.h>

static CfdConfig *
parse (const char *text, const char *variable, const char *override, GError **error)
{
  const char *environment[] = { "PATH=/bin", "CHATFLOW_CONFIG=/etc/x", variable, NULL }, *overrides[] = { override, NULL };

  return cfd_config_parse (text, strlen (text), environment, overrides, error);
}

static void
refuses (const char *text, const char *variable, const char *override, const char *what)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfdConfig) config = parse (text, variable, override, &error);

  g_assert_null (config);
  g_assert_error (error, CF_ERROR, CF_ERROR_INVALID);
  if (strstr (error->message, what) == NULL)
    g_error ("got \"%s\", expected \"%s\" in it", error->message, what);
}

static void
test_defaults (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfdConfig) config = parse ("", NULL, NULL, &error);
  g_autofree char *database = NULL;

  g_assert_no_error (error);
  database = cfd_config_database (config);
  g_assert_cmpstr (config->listen, ==, "127.0.0.1:8080");
  g_assert_true (g_str_has_prefix (database, g_get_user_data_dir ()));
  g_assert_true (g_str_has_suffix (database, "/chatflow/chatflow.db"));
  g_assert_cmpint (config->session_days, ==, 30);
  g_assert_false (config->demo_page);
  g_assert_null (config->tls_cert);
}

static void
test_order (void)
{
  static const char text[] = "[chatflow]\nlisten = 0.0.0.0:80\npeer_rate = 1\naddress_rate=2\nproxies = 127.0.0.1, 10.0.0.0/8\nstate=~/x\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (CfdConfig) config = parse (text, "CHATFLOW_PEER_RATE=3", "address_rate=4", &error);
  g_autofree char *home = g_build_filename (g_get_home_dir (), "x", NULL);

  g_assert_no_error (error);
  g_assert_cmpstr (config->listen, ==, "0.0.0.0:80");
  g_assert_cmpint (config->peer_rate, ==, 3);
  g_assert_cmpint (config->address_rate, ==, 4);
  g_assert_cmpuint (g_strv_length (config->proxies), ==, 2);
  g_assert_cmpstr (config->proxies[1], ==, "10.0.0.0/8");
  g_assert_cmpstr (config->state, ==, home);
}

static void
test_refusals (void)
{
  refuses ("[chatflow]\nlisen = x\n", NULL, NULL, "did you mean \"listen\"");
  refuses ("[chatflow]\npeer_rates = 3\n", NULL, NULL, "did you mean \"peer_rate\"");
  refuses ("[other]\nlisten = x\n", NULL, NULL, "expected [chatflow]");
  refuses ("listen = x\n", NULL, NULL, "key file");
  refuses ("[chatflow]\npeer_rate = 0\n", NULL, NULL, "got \"0\", expected a whole number from 1 to 100000");
  refuses ("[chatflow]\npeer_rate = 1.5\n", NULL, NULL, "expected a whole number");
  refuses ("", "CHATFLOW_DEMO_PAGE=perhaps", NULL, "the environment: demo_page: got \"perhaps\", expected true or false");
  refuses ("", "CHATFLOW_DEMO=1", NULL, "did you mean");
  refuses ("", NULL, "log_level=loud", "one of: debug, info, warning, error");
  refuses ("", NULL, "listen", "KEY=VALUE");
  refuses ("", NULL, "listen=localhost", "ADDRESS:PORT");
  refuses ("", NULL, "listen=127.0.0.1:65536", "ADDRESS:PORT");
  refuses ("", NULL, "listen=::1:80", "ADDRESS:PORT");
  refuses ("", NULL, "proxies=example.com", "an address or a range");
  refuses ("", NULL, "tls_cert=/a.pem", "tls_cert without tls_key");
  refuses ("", NULL, "state=", "a path");
  refuses ("[chatflow]\n\232state = x\n", NULL, NULL, "UTF-8");
}

static void
test_listen (void)
{
  static const char *const good[] = { "listen=127.0.0.1:0", "listen=0.0.0.0:80", "listen=[::]:8080", "listen=[::1]:1", NULL };

  for (const char *const *override = good; *override != NULL; override++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CfdConfig) config = parse ("", NULL, *override, &error);

      g_assert_no_error (error);
    }
}

/* What is printed gives the same again. */
static void
test_dump (void)
{
  g_autoptr (CfdConfig) config = parse ("[chatflow]\nproxies = 10.0.0.0/8,::1\npeer_rate = 7\ndemo_page = yes\n", NULL, NULL, NULL);
  g_autofree char *text = cfd_config_dump (config), *again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfdConfig) copy = parse (text, NULL, NULL, &error);

  g_assert_no_error (error);
  again = cfd_config_dump (copy);
  g_assert_cmpstr (again, ==, text);
  g_assert_nonnull (strstr (text, "peer_rate = 7\n"));
}

static void
test_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("chatflow-config-XXXXXX", NULL), *file = g_build_filename (folder, "conf", NULL);
  g_autoptr (CfdConfig) missing = cfd_config_load (file, NULL, &error);
  g_autoptr (CfdConfig) found = NULL;

  g_assert_null (missing);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (file, "[chatflow]\nsession_days = 7\ntls_cert = /nowhere/a\ntls_key = /nowhere/b\n", -1, NULL));
  found = cfd_config_load (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (found->session_days, ==, 7);
  g_assert_false (cfd_config_check (found, &error));
  g_assert_nonnull (strstr (error->message, "tls_cert"));
  g_remove (file);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/config/defaults", test_defaults);
  g_test_add_func ("/config/order", test_order);
  g_test_add_func ("/config/refusals", test_refusals);
  g_test_add_func ("/config/listen", test_listen);
  g_test_add_func ("/config/dump", test_dump);
  g_test_add_func ("/config/file", test_file);
  return g_test_run ();
}
