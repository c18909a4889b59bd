/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/features/settings/kept-seconds.h"
#include "app/features/settings/undo-send.h"
#include "app/features/settings/undo-time.h"
#include "app/toasts.h"

#include <glib/gstdio.h>

static char *
path_of (const char *name)
{
  return g_build_filename (g_get_user_config_dir (), "chatflow", name, NULL);
}

static void
keep (const char *content)
{
  g_autofree char *path = path_of ("accessibility.ini"), *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (path, content, -1, &error);
  g_assert_no_error (error);
}

/* Whatever stands in the file, it is one of the choices, and never shorter than what is usual. */
static void
test_kept (void)
{
  static const struct { const char *content; guint is; } files[] = {
    { "[accessibility]\nundo-time=8\n", 8 }, { "[accessibility]\nundo-time=20\n", 20 }, { "[accessibility]\nundo-time=60\n", 60 },
    { "[accessibility]\nundo-time=59\n", 20 }, { "[accessibility]\nundo-time=99999\n", 60 }, { "[accessibility]\nundo-time=0\n", 8 },
    { "[accessibility]\nundo-time=-5\n", 8 }, { "[accessibility]\nundo-time=long\n", 8 }, { "[else]\nundo-time=20\n", 8 }, { "\xff\x01", 8 }, { "", 8 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      CfaKeptSeconds kept = { "accessibility", "undo-time", cfa_undo_time_choices };

      keep (files[i].content);
      g_assert_cmpuint (cfa_kept_seconds_get (&kept), ==, files[i].is);
    }
}

/* What is chosen counts for the next toast, and for the next start; what has its own file stays as it is. */
static void
test_toast (void)
{
  g_autofree char *path = path_of ("accessibility.ini");

  g_remove (path);
  for (guint i = 0; cfa_undo_time_choices[i] != G_MAXUINT; i++)
    {
      CfaKeptSeconds again = { "accessibility", "undo-time", cfa_undo_time_choices };
      g_autoptr (AdwToast) toast = adw_toast_new ("Closed");

      if (i > 0)
        cfa_undo_time_set (cfa_undo_time_choices[i]);
      cfa_toasts_offer_undo (toast);
      g_assert_cmpuint (adw_toast_get_timeout (toast), ==, cfa_undo_time_choices[i]);
      g_assert_nonnull (adw_toast_get_button_label (toast));
      g_assert_cmpuint (cfa_kept_seconds_get (&again), ==, cfa_undo_time_choices[i]);
    }
  g_assert_cmpuint (cfa_undo_send_get (), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("undo-time-XXXXXX", NULL), *own = NULL, *kept = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (g_setenv ("XDG_CONFIG_HOME", folder, TRUE));
  g_test_add_func ("/undo-time/kept", test_kept);
  g_test_add_func ("/undo-time/toast", test_toast);
  result = g_test_run ();
  kept = path_of ("accessibility.ini");
  own = g_path_get_dirname (kept);
  g_remove (kept);
  g_rmdir (own);
  g_rmdir (folder);
  return result;
}
