/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/language.h"

#include <glib/gstdio.h>


static const CfaLanguage *
find (const char *code)
{
  guint n;
  const CfaLanguage *languages = cfa_languages (&n);

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (languages[i].code, code) == 0)
      return &languages[i];
  return NULL;
}

/* What is translated can be chosen, and nothing else. */
static void
test_all (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) codes = NULL;
  guint n, translated = 0;

  g_assert_true (g_file_get_contents (LINGUAS, &text, NULL, NULL));
  codes = g_strsplit_set (text, " \n", -1);
  for (char **code = codes; *code != NULL; code++)
    if (**code != '\0' && **code != '#')
      {
        g_assert_nonnull (find (*code));
        translated++;
      }
  cfa_languages (&n);
  g_assert_cmpuint (n, ==, translated + 2); /* the desktop's, and English */
}

static void
test_kept (void)
{
  g_autofree char *name = g_build_filename (g_get_user_config_dir (), "chatflow", "language.ini", NULL);
  g_autofree char *folder = g_path_get_dirname (name);

  g_assert_cmpstr (cfa_language_load ()->code, ==, "");
  cfa_language_save (find ("pt_BR"));
  g_assert_true (cfa_language_load () == find ("pt_BR"));
  cfa_language_save (find (""));
  g_assert_true (cfa_language_load () == find (""));
  g_assert_true (g_file_set_contents (name, "[language]\ncode=tlh\n", -1, NULL));
  g_assert_cmpstr (cfa_language_load ()->code, ==, "");
  g_unlink (name);
  g_rmdir (folder);
  g_rmdir (g_get_user_config_dir ());
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("chatflow-language-XXXXXX", NULL);

  g_setenv ("XDG_CONFIG_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/language/all", test_all);
  g_test_add_func ("/language/kept", test_kept);
  return g_test_run ();
}
