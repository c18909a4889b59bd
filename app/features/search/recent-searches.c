/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recent-searches.h"

#include <glib/gstdio.h>
#include <string.h>

#define GROUP "searches"
#define KEY "recent"
#define KEPT_MAX 6
#define LENGTH_MAX 500

static char *
file_name (void)
{
  return g_build_filename (g_get_user_state_dir (), "chatflow", "searches.ini", NULL);
}

/**
 * cfa_recent_searches_load:
 * Returns: (transfer full): the latest first; none when the file is not there or says something else
 */
char **
cfa_recent_searches_load (void)
{
  g_autofree char *name = file_name ();
  g_autoptr (GKeyFile) file = g_key_file_new ();
  char **all = NULL;

  if (g_key_file_load_from_file (file, name, G_KEY_FILE_NONE, NULL))
    all = g_key_file_get_string_list (file, GROUP, KEY, NULL, NULL);
  return all != NULL ? all : g_new0 (char *, 1);
}

/**
 * cfa_recent_searches_add:
 * @text: what has led to something
 *
 * Puts it first. Failing to remember this is not worth a word to the person.
 */
void
cfa_recent_searches_add (const char *text)
{
  g_autofree char *name = file_name (), *folder = g_path_get_dirname (name), *stripped = g_strstrip (g_strdup (text)), *data = NULL;
  g_auto (GStrv) before = cfa_recent_searches_load ();
  g_autoptr (GPtrArray) after = g_ptr_array_new ();
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  if (*stripped == '\0' || strlen (stripped) > LENGTH_MAX)
    return;
  g_ptr_array_add (after, stripped);
  for (char **one = before; *one != NULL && after->len < KEPT_MAX; one++)
    if (strcmp (*one, stripped) != 0)
      g_ptr_array_add (after, *one);
  g_key_file_set_string_list (file, GROUP, KEY, (const char *const *) after->pdata, after->len);
  data = g_key_file_to_data (file, NULL, NULL);
  g_mkdir_with_parents (folder, 0700);
  /* It may name visitors. */
  if (!g_file_set_contents_full (name, data, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_debug ("recent searches: %s", error->message);
}

void
cfa_recent_searches_forget (void)
{
  g_autofree char *name = file_name ();

  g_unlink (name);
}
