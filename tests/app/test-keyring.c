/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The real keyring on a bus of its own: none at all, one that is open, one that is locked. Each in a process of its own, because a
 * process keeps the first session bus that it has seen.
 */
#include "app/desktop/credentials.h"
#include "app/features/session/session.h"

#include "wait.h"

#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SERVER "https://chat.example.com"
#define AGENT  "0193b5a0-0000-7000-8000-000000000001"

static gboolean
store (const char *token, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cfa_credentials_store_async (SERVER, AGENT, "Test", token, NULL, wait_keep_result, &result);
  wait_until (result != NULL);
  return cfa_credentials_store_finish (result, error);
}

static char *
lookup (GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cfa_credentials_lookup_async (SERVER, AGENT, NULL, wait_keep_result, &result);
  wait_until (result != NULL);
  return cfa_credentials_lookup_finish (result, error);
}

static gboolean
clear (GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  cfa_credentials_clear_async (SERVER, AGENT, NULL, wait_keep_result, &result);
  wait_until (result != NULL);
  return cfa_credentials_clear_finish (result, error);
}

/* Starts a keyring that is open, and waits until it is on the bus. */
static GPid
start_keyring (void)
{
  const char *arguments[] = { "gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets", NULL };
  g_autoptr (GDBusConnection) bus = NULL;
  g_autoptr (GError) error = NULL;
  gboolean owned = FALSE;
  GPid pid;
  int input;

  g_spawn_async_with_pipes (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL
                            | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &pid, &input, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (write (input, "password", 8), ==, 8);
  close (input);
  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 1000 && !owned; i++)
    {
      g_autoptr (GVariant) answer = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                                                 "NameHasOwner", g_variant_new ("(s)", "org.freedesktop.secrets"), NULL,
                                                                 G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);

      g_variant_get (answer, "(b)", &owned);
      g_usleep (10000);
    }
  g_assert_true (owned);
  return pid;
}

static void
stop_keyring (GPid pid)
{
  kill (pid, SIGTERM);
  waitpid (pid, NULL, 0);
}

static void
check_absent (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lookup (&error));
  g_assert_error (error, CFA_CREDENTIALS_ERROR, CFA_CREDENTIALS_ERROR_ABSENT);
  g_clear_error (&error);
  g_assert_false (store ("token", &error));
  g_assert_error (error, CFA_CREDENTIALS_ERROR, CFA_CREDENTIALS_ERROR_ABSENT);
}

static void
check_open (void)
{
  GPid pid = start_keyring ();
  g_autoptr (GError) error = NULL;
  g_autofree char *before = lookup (&error), *kept = NULL, *after = NULL;

  g_assert_no_error (error);
  g_assert_null (before);
  g_assert_true (store ("s3cret-żółć", &error));
  g_assert_no_error (error);
  kept = lookup (&error);
  g_assert_no_error (error);
  g_assert_cmpstr (kept, ==, "s3cret-żółć");
  g_assert_true (clear (&error));
  g_assert_no_error (error);
  after = lookup (&error);
  g_assert_no_error (error);
  g_assert_null (after);
  stop_keyring (pid);
}

static void
lock_everything (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretService) service = secret_service_get_sync (SECRET_SERVICE_LOAD_COLLECTIONS, NULL, &error);
  GList *collections;

  g_assert_no_error (error);
  collections = secret_service_get_collections (service);
  secret_service_lock_sync (service, collections, NULL, NULL, &error);
  g_assert_no_error (error);
  g_list_free_full (collections, g_object_unref);
}

/* Nobody is there to type the password, as on a computer where the person has turned the question down. */
static void
check_locked (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "chatflow", "client", NULL), *path = g_build_filename (folder, "account.ini", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPid pid = start_keyring ();

  g_assert_true (store ("token", &error));
  lock_everything ();
  g_assert_null (lookup (&error));
  g_assert_error (error, CFA_CREDENTIALS_ERROR, CFA_CREDENTIALS_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_false (store ("other", &error));
  g_assert_error (error, CFA_CREDENTIALS_ERROR, CFA_CREDENTIALS_ERROR_LOCKED);
  g_clear_error (&error);

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (path, "[account]\nserver=" SERVER "\nagent=" AGENT "\n", -1, NULL));
  cfa_session_restore_async (NULL, wait_keep_result, &result);
  wait_until (result != NULL);
  g_assert_null (cfa_session_restore_finish (result, &error));
  g_assert_error (error, CFA_SESSION_ERROR, CFA_SESSION_ERROR_KEYRING_LOCKED);
  stop_keyring (pid);
}

/* On a bus of its own, on which nothing starts by itself, and in a home of its own. */
static void
apart (gconstpointer data)
{
  void (*check) (void) = data;
  g_autofree char *home = NULL;
  /* Stopped by its own watcher when this process ends: to stop it here would wait for proxies that libsecret keeps. */
  static GTestDBus *bus;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }
  home = g_dir_make_tmp ("chatflow-keyring-XXXXXX", NULL);
  g_setenv ("HOME", home, TRUE);
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("XDG_RUNTIME_DIR", home, TRUE);
  g_unsetenv ("DISPLAY");
  g_unsetenv ("WAYLAND_DISPLAY");
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  check ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/app/keyring/absent", check_absent, apart);
  g_test_add_data_func ("/app/keyring/open", check_open, apart);
  g_test_add_data_func ("/app/keyring/locked", check_locked, apart);
  return g_test_run ();
}
