/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kept-seconds.h"

static char *
file_name (const CfaKeptSeconds *self)
{
  g_autofree char *name = g_strconcat (self->group, ".ini", NULL);

  return g_build_filename (g_get_user_config_dir (), "chatflow", name, NULL);
}

/* What the file says otherwise, by hand or of another version, is the choice below it. */
static guint
nearest (const CfaKeptSeconds *self, int seconds)
{
  guint found = self->choices[0];

  for (guint i = 0; self->choices[i] != G_MAXUINT; i++)
    if (seconds >= (int) self->choices[i])
      found = self->choices[i];
  return found;
}

/**
 * cfa_kept_seconds_get:
 * Returns: one of the choices; reads the file once
 */
guint
cfa_kept_seconds_get (CfaKeptSeconds *self)
{
  g_autofree char *name = file_name (self);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (self->loaded)
    return self->chosen;
  self->loaded = TRUE;
  g_key_file_load_from_file (file, name, G_KEY_FILE_NONE, NULL);
  self->chosen = nearest (self, g_key_file_get_integer (file, self->group, self->key, NULL));
  return self->chosen;
}

/**
 * cfa_kept_seconds_set:
 * @seconds: one of the choices
 *
 * For this run and the next; failing to remember it is not worth a word to the person.
 */
void
cfa_kept_seconds_set (CfaKeptSeconds *self, guint seconds)
{
  g_autofree char *name = file_name (self), *folder = g_path_get_dirname (name);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  self->loaded = TRUE;
  self->chosen = nearest (self, (int) seconds);
  g_key_file_set_integer (file, self->group, self->key, (int) self->chosen);
  g_mkdir_with_parents (folder, 0700);
  if (!g_key_file_save_to_file (file, name, &error))
    g_debug ("%s: %s", self->group, error->message);
}
