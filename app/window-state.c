/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window-state.h"

#define GROUP "window"
#define SIDE_MIN 200
#define SIDE_MAX 16384

static char *
file_name (void)
{
  return g_build_filename (g_get_user_state_dir (), "chatflow", "window.ini", NULL);
}

static int
side (GKeyFile *file, const char *key, int otherwise)
{
  int value = g_key_file_get_integer (file, GROUP, key, NULL);

  return value >= SIDE_MIN && value <= SIDE_MAX ? value : otherwise;
}

/**
 * cfa_window_state_load:
 *
 * Returns: how the window was left last, or how it opens the first time; what the file does not say, or says wrongly, counts as unsaid
 */
CfaWindowState
cfa_window_state_load (void)
{
  g_autofree char *name = file_name ();
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_key_file_load_from_file (file, name, G_KEY_FILE_NONE, NULL);
  return (CfaWindowState) {
    .width = side (file, "width", 1280),
    .height = side (file, "height", 800),
    .maximized = g_key_file_get_boolean (file, GROUP, "maximized", NULL),
    .visitor = !g_key_file_has_key (file, GROUP, "visitor", NULL) || g_key_file_get_boolean (file, GROUP, "visitor", NULL),
  };
}

/**
 * cfa_window_state_save:
 * @state: how the window is left
 *
 * Failing to remember this is not worth a word to the person.
 */
void
cfa_window_state_save (const CfaWindowState *state)
{
  g_autofree char *name = file_name ();
  g_autofree char *folder = g_path_get_dirname (name);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  g_key_file_set_integer (file, GROUP, "width", state->width);
  g_key_file_set_integer (file, GROUP, "height", state->height);
  g_key_file_set_boolean (file, GROUP, "maximized", state->maximized);
  g_key_file_set_boolean (file, GROUP, "visitor", state->visitor);
  g_mkdir_with_parents (folder, 0700);
  if (!g_key_file_save_to_file (file, name, &error))
    g_debug ("window state: %s", error->message);
}
