/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "snapshot-file.h"

#include "protocol/error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Pieces between two syncs: one large sync at the end would hold up the writers' own. */
#define SYNC_PIECES 2048
/* A copy rests as long as it has just worked, so that half of the disk is the writers'. */
#define REST_MAX_MICROSECONDS 50000

static gboolean
fail (const char *what, const char *path, GError **error)
{
  int code = errno;

  g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "%s %s: %s", what, path, g_strerror (code));
  return FALSE;
}

static void
rest (guint64 done, guint64 total, gpointer data)
{
  CfdSnapshotFile *self = data;

  if (done - self->synced >= SYNC_PIECES)
    {
      fdatasync (self->fd);
      self->synced = done;
    }
  if (self->copied != NULL)
    self->copied (done, total, self->data);
  g_usleep (MIN (g_get_monotonic_time () - self->resumed, REST_MAX_MICROSECONDS));
  self->resumed = g_get_monotonic_time ();
}

/* What a process that was killed has left of it. */
static void
remove_left_overs (const char *part)
{
  static const char *const endings[] = { "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strconcat (part, endings[i], NULL);

      g_unlink (path);
    }
}

/* The name in the folder is what must last, too. */
static gboolean
sync_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (!ok)
    fail ("cannot sync", folder, error);
  if (fd >= 0)
    close (fd);
  return ok;
}

static gboolean
check_copy (CfdSnapshotFile *self, const CfdDbDriver *driver, const CfdCensus *expected, GError **error)
{
  CfdDbHandle *copy = driver->open_copy (self->part, error);
  g_autoptr (CfdCensus) census = NULL;

  if (copy == NULL)
    return FALSE;
  if (driver->check (copy, error))
    census = cfd_census_take (driver, copy, error);
  driver->close (copy);
  if (census != NULL && g_str_equal (census->text, expected->text))
    return TRUE;
  if (census != NULL)
    g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "%s: got a copy that holds other records than its source; check the disk", self->part);
  return FALSE;
}

/**
 * cfd_snapshot_file_new:
 * @path: where the file will be
 *
 * Begins it, readable by its owner alone.
 */
CfdSnapshotFile *
cfd_snapshot_file_new (const char *path, GError **error)
{
  g_autoptr (CfdSnapshotFile) self = g_new0 (CfdSnapshotFile, 1);

  self->path = g_strdup (path);
  self->part = g_strconcat (path, ".part", NULL);
  self->fd = g_open (self->part, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->fd < 0)
    {
      fail ("cannot create", self->part, error);
      return NULL;
    }
  if (flock (self->fd, LOCK_EX | LOCK_NB) != 0)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "%s is being written by another command", self->part);
      close (self->fd);
      self->fd = -1;
      return NULL;
    }
  remove_left_overs (self->part);
  if (ftruncate (self->fd, 0) == 0 && fchmod (self->fd, 0600) == 0)
    return g_steal_pointer (&self);
  fail ("cannot write", self->part, error);
  return NULL;
}

/**
 * cfd_snapshot_file_fill:
 * @from: with a transaction that runs
 * @expected: what it sees
 * @copied: (nullable): hears how far it is
 *
 * Copies, and reads the copy back: every page and index is looked at and all records are counted.
 */
gboolean
cfd_snapshot_file_fill (CfdSnapshotFile *self, const CfdDbDriver *driver, CfdDbHandle *from, const CfdCensus *expected,
                        CfdDbCopied copied, gpointer data, GError **error)
{
  self->copied = copied;
  self->data = data;
  self->resumed = g_get_monotonic_time ();
  if (!driver->copy (from, self->part, rest, self, error))
    {
      g_prefix_error (error, "the copy could not be written: ");
      return FALSE;
    }
  return (fsync (self->fd) == 0 || fail ("cannot sync", self->part, error)) && check_copy (self, driver, expected, error);
}

/**
 * cfd_snapshot_file_commit:
 * Puts it in its place, in one step that lasts.
 */
gboolean
cfd_snapshot_file_commit (CfdSnapshotFile *self, GError **error)
{
  if (fsync (self->fd) != 0)
    return fail ("cannot sync", self->part, error);
  if (g_rename (self->part, self->path) != 0)
    return fail ("cannot put in place", self->path, error);
  g_clear_pointer (&self->part, g_free);
  return sync_folder (self->path, error);
}

/**
 * cfd_snapshot_file_free:
 * Removes what was not put in place.
 */
void
cfd_snapshot_file_free (CfdSnapshotFile *self)
{
  if (self->fd >= 0 && self->part != NULL)
    {
      remove_left_overs (self->part);
      g_unlink (self->part);
    }
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->part);
  g_free (self->path);
  g_free (self);
}
