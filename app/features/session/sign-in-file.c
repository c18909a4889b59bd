/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign-in-file.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <sys/stat.h>
#include <unistd.h>

#define GROUP "sign-in"
#define SIZE_MAX_BYTES 4096

/* A password that others could read is not taken: the person must learn that it was exposed. */
static gboolean
check_private (int fd, const char *path, GError **error)
{
  struct stat status;

  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, _("%s is not a file"), path);
  else if (status.st_uid != geteuid ())
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, _("%s belongs to somebody else"), path);
  else if ((status.st_mode & 077) != 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                 _("%s can be read by others (mode %04o). Make it private: chmod 600 %s"), path, status.st_mode & 0777, path);
  else
    return TRUE;
  return FALSE;
}

static char *
read_all (const char *path, GError **error)
{
  g_autofree char *text = g_malloc0 (SIZE_MAX_BYTES + 1);
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  gssize length;

  if (fd < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _("%s can’t be read: %s"), path, g_strerror (errno));
      return NULL;
    }
  if (!check_private (fd, path, error))
    {
      close (fd);
      return NULL;
    }
  length = read (fd, text, SIZE_MAX_BYTES + 1);
  close (fd);
  if (length < 0 || length > SIZE_MAX_BYTES)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("%s: got more than %d bytes or none"), path, SIZE_MAX_BYTES);
      return NULL;
    }
  return g_steal_pointer (&text);
}

/**
 * cfa_sign_in_file_load:
 * @path: a key file with the group [sign-in] and the keys server, email, password; readable by its owner alone
 * @error: return location
 *
 * Returns: (transfer full): what it says; %NULL with %G_IO_ERROR or %G_KEY_FILE_ERROR
 */
CfaSignInFile *
cfa_sign_in_file_load (const char *path, GError **error)
{
  g_autofree char *text = read_all (path, error);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (CfaSignInFile) self = g_new0 (CfaSignInFile, 1);

  if (text == NULL || !g_key_file_load_from_data (file, text, -1, G_KEY_FILE_NONE, error))
    return NULL;
  self->server = g_key_file_get_string (file, GROUP, "server", error);
  if (self->server == NULL)
    return NULL;
  self->email = g_key_file_get_string (file, GROUP, "email", error);
  if (self->email == NULL)
    return NULL;
  self->password = g_key_file_get_string (file, GROUP, "password", error);
  return self->password != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * cfa_sign_in_file_free:
 * @self: (transfer full) (nullable): what a file said
 */
void
cfa_sign_in_file_free (CfaSignInFile *self)
{
  if (self == NULL)
    return;
  g_free (self->server);
  g_free (self->email);
  g_free (self->password);
  g_free (self);
}
