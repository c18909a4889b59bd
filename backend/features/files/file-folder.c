/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file-folder.h"

#include "protocol/error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

gboolean
cfd_file_folder_make (const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "cannot create the folder %s: %s", folder, g_strerror (errno));
  return FALSE;
}

char *
cfd_file_folder_path (const char *folder, const char *id, const char *ending)
{
  return g_strconcat (folder, G_DIR_SEPARATOR_S, id, ending, NULL);
}

/**
 * cfd_file_folder_open:
 * Returns: a descriptor of a ready file; -1 when there is none
 */
int
cfd_file_folder_open (const char *folder, const char *id)
{
  g_autofree char *path = cfd_file_folder_path (folder, id, "");

  return g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
}

static gboolean
sync_folder (const char *folder)
{
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean good = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  return good;
}

/**
 * cfd_file_folder_publish:
 * @ending: of the bytes that are the file from now on, and are on the disk
 */
gboolean
cfd_file_folder_publish (const char *folder, const char *id, const char *ending, GError **error)
{
  g_autofree char *from = cfd_file_folder_path (folder, id, ending), *to = cfd_file_folder_path (folder, id, ""),
                  *part = cfd_file_folder_path (folder, id, ".part");

  if (g_rename (from, to) != 0 || !sync_folder (folder))
    {
      g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "cannot keep a file: %s", g_strerror (errno));
      return FALSE;
    }
  g_unlink (part);
  return TRUE;
}

/**
 * cfd_file_folder_remove:
 * Whatever there is of it.
 */
void
cfd_file_folder_remove (const char *folder, const char *id)
{
  static const char *const endings[] = { "", ".part", ".new" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = cfd_file_folder_path (folder, id, endings[i]);

      g_unlink (path);
    }
}
