/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "undo-send.h"

#define GROUP "writing"
#define KEY "undo-send"

const guint cfa_undo_send_choices[] = { 0, 5, 10, 20, 30, G_MAXUINT };

static guint chosen;
static gboolean loaded;

static char *
file_name (void)
{
  return g_build_filename (g_get_user_config_dir (), "chatflow", "writing.ini", NULL);
}

/* What the file says otherwise, by hand or of another version, is the choice below it. */
static guint
nearest (int seconds)
{
  guint found = 0;

  for (guint i = 0; cfa_undo_send_choices[i] != G_MAXUINT; i++)
    if (seconds >= (int) cfa_undo_send_choices[i])
      found = cfa_undo_send_choices[i];
  return found;
}

/**
 * cfa_undo_send_get:
 * Returns: one of the choices; reads the file once
 */
guint
cfa_undo_send_get (void)
{
  g_autofree char *name = file_name ();
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (loaded)
    return chosen;
  loaded = TRUE;
  if (g_key_file_load_from_file (file, name, G_KEY_FILE_NONE, NULL))
    chosen = nearest (g_key_file_get_integer (file, GROUP, KEY, NULL));
  return chosen;
}

/**
 * cfa_undo_send_set:
 * @seconds: one of the choices
 *
 * For this run and the next; failing to remember it is not worth a word to the person.
 */
void
cfa_undo_send_set (guint seconds)
{
  g_autofree char *name = file_name ();
  g_autofree char *folder = g_path_get_dirname (name);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  loaded = TRUE;
  chosen = nearest ((int) seconds);
  g_key_file_set_integer (file, GROUP, KEY, (int) chosen);
  g_mkdir_with_parents (folder, 0700);
  if (!g_key_file_save_to_file (file, name, &error))
    g_debug ("writing: %s", error->message);
}
