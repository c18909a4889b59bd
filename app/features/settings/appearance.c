/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "appearance.h"

#define GROUP "appearance"
#define KEY "scheme"

/* The file's words; what it does not say, or says wrongly, is left to the desktop. */
static const struct
{
  AdwColorScheme scheme;
  const char *word;
} words[] = {
  { ADW_COLOR_SCHEME_DEFAULT, "desktop" },
  { ADW_COLOR_SCHEME_FORCE_LIGHT, "light" },
  { ADW_COLOR_SCHEME_FORCE_DARK, "dark" },
};

static char *
file_name (void)
{
  return g_build_filename (g_get_user_config_dir (), "chatflow", "appearance.ini", NULL);
}

AdwColorScheme
cfa_appearance_load (void)
{
  g_autofree char *name = file_name ();
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *word = NULL;

  g_key_file_load_from_file (file, name, G_KEY_FILE_NONE, NULL);
  word = g_key_file_get_string (file, GROUP, KEY, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i].word, word) == 0)
      return words[i].scheme;
  return ADW_COLOR_SCHEME_DEFAULT;
}

void
cfa_appearance_apply (AdwColorScheme scheme)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
}

/**
 * cfa_appearance_save:
 * Shows it at once, and keeps it for the next start; failing to remember it is not worth a word to the person.
 */
void
cfa_appearance_save (AdwColorScheme scheme)
{
  g_autofree char *name = file_name ();
  g_autofree char *folder = g_path_get_dirname (name);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i].scheme == scheme)
      g_key_file_set_string (file, GROUP, KEY, words[i].word);
  cfa_appearance_apply (scheme);
  g_mkdir_with_parents (folder, 0700);
  if (!g_key_file_save_to_file (file, name, &error))
    g_debug ("appearance: %s", error->message);
}
