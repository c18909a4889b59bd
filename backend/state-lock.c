/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* F_OFD_SETLK */
#include "state-lock.h"

#include "protocol/error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Bytes of the lock file: the server's seat; and the house, which all share and a restore has to itself. */
#define SEAT 0
#define HOUSE 1

struct _CfdStateLock
{
  int fd;
};

static gboolean
lock_byte (int fd, off_t byte, gboolean alone)
{
  struct flock lock = { .l_type = alone ? F_WRLCK : F_RDLCK, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1 };

  return fcntl (fd, F_OFD_SETLK, &lock) == 0;
}

static gboolean
fail (const char *state, const char *why, GError **error)
{
  g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "the folder %s is in use: %s", state, why);
  return FALSE;
}

static gboolean
take (int fd, const char *state, CfdStateUse use, GError **error)
{
  if (use != CFD_STATE_COMMAND && !lock_byte (fd, SEAT, TRUE))
    return fail (state, use == CFD_STATE_SERVER ? "another chatflowd runs on it" : "chatflowd runs on it; stop it first", error);
  if (lock_byte (fd, HOUSE, use == CFD_STATE_RESTORE))
    return TRUE;
  return fail (state, use == CFD_STATE_RESTORE ? "another command works on it; wait for its end" : "a backup is being restored; wait for its end", error);
}

/* What root makes in a server's folder must not shut that server out. */
static void
hand_over (int fd, const char *state)
{
  struct stat folder;

  if (geteuid () == 0 && stat (state, &folder) == 0 && fchown (fd, folder.st_uid, folder.st_gid) != 0)
    g_warning ("%s/lock: %s", state, g_strerror (errno));
}

/**
 * cfd_state_lock:
 * @state: the folder, which exists
 *
 * Returns: (transfer full): NULL with CF_ERROR_UNAVAILABLE when others are in the way
 */
CfdStateLock *
cfd_state_lock (const char *state, CfdStateUse use, GError **error)
{
  g_autofree char *path = g_build_filename (state, "lock", NULL);
  g_autoptr (CfdStateLock) self = g_new0 (CfdStateLock, 1);

  self->fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->fd < 0)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "cannot open %s: %s; the folder must belong to the user that runs chatflowd",
                   path, g_strerror (errno));
      return NULL;
    }
  hand_over (self->fd, state);
  return take (self->fd, state, use, error) ? g_steal_pointer (&self) : NULL;
}

void
cfd_state_lock_free (CfdStateLock *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}
