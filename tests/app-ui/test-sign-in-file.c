/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/features/session/sign-in-file.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

static char *folder;

static char *
write_file (const char *text, int mode)
{
  char *path = g_build_filename (folder, "sign-in", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
  return path;
}

static void
test_good (void)
{
  g_autofree char *path = write_file ("[sign-in]\nserver=https://chat.example.com\nemail=a@example.com\npassword=p w=1\n", 0600);
  g_autoptr (GError) error = NULL;
  g_autoptr (CfaSignInFile) file = cfa_sign_in_file_load (path, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (file->server, ==, "https://chat.example.com");
  g_assert_cmpstr (file->email, ==, "a@example.com");
  g_assert_cmpstr (file->password, ==, "p w=1");
}

static void
check_refused (const char *text, int mode, GQuark domain, int code)
{
  g_autofree char *path = write_file (text, mode);
  g_autoptr (GError) error = NULL;

  g_assert_null (cfa_sign_in_file_load (path, &error));
  g_assert_error (error, domain, code);
}

static void
test_refused (void)
{
  g_autofree char *huge = g_strnfill (5000, '#');

  check_refused ("[sign-in]\nserver=s\nemail=e\npassword=p\n", 0640, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  check_refused ("[sign-in]\nserver=s\nemail=e\npassword=p\n", 0604, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  check_refused ("[sign-in]\nserver=s\nemail=e\n", 0600, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_KEY_NOT_FOUND);
  check_refused ("[other]\n", 0600, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_GROUP_NOT_FOUND);
  check_refused ("what?", 0600, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE);
  check_refused (huge, 0600, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void
test_missing (void)
{
  g_autofree char *path = g_build_filename (folder, "nothing-here", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (cfa_sign_in_file_load (path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (cfa_sign_in_file_load (folder, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
}

int
main (int argc, char **argv)
{
  g_autofree char *path = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("chatflow-XXXXXX", NULL);
  g_test_add_func ("/app/sign-in-file/good", test_good);
  g_test_add_func ("/app/sign-in-file/refused", test_refused);
  g_test_add_func ("/app/sign-in-file/missing", test_missing);
  result = g_test_run ();
  path = g_build_filename (folder, "sign-in", NULL);
  g_unlink (path);
  g_rmdir (folder);
  g_free (folder);
  return result;
}
