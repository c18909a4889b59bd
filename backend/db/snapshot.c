/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "snapshot.h"

#include "migrate.h"
#include "protocol/error.h"
#include "search-index.h"
#include "snapshot-file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static guint64
size_of (const char *path)
{
  struct stat status;

  return stat (path, &status) == 0 ? status.st_size : 0;
}

/* SQLite's file beside a database: what is committed and not in the database yet. */
static guint64
log_size (const char *database)
{
  g_autofree char *log = g_strconcat (database, "-wal", NULL);

  return size_of (log);
}

/**
 * cfd_snapshot_check_space:
 * @path: what is about to be written
 * @needed: bytes
 *
 * Better now than when the disk is full for the server, too.
 */
gboolean
cfd_snapshot_check_space (const char *path, guint64 needed, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path), *need = g_format_size (needed), *have = NULL;
  struct statvfs status;

  if (statvfs (folder, &status) != 0)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "cannot write to the folder %s: %s", folder, g_strerror (errno));
      return FALSE;
    }
  if ((guint64) status.f_bavail * status.f_frsize >= needed)
    return TRUE;
  have = g_format_size ((guint64) status.f_bavail * status.f_frsize);
  g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "the disk of %s is full: got %s free, expected %s; free some space or name another place",
               folder, have, need);
  return FALSE;
}

static gboolean
check_place (const char *path, gboolean force, GError **error)
{
  if (force || !g_file_test (path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
    return TRUE;
  g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "%s exists; name another place, or replace it with --force", path);
  return FALSE;
}

static gboolean
is_same_file (const char *a, const char *b)
{
  struct stat left, right;

  return stat (a, &left) == 0 && stat (b, &right) == 0 && left.st_dev == right.st_dev && left.st_ino == right.st_ino;
}

static gboolean
tell_proven (const CfdSnapshot *snapshot, const char *copy, GError **error)
{
  return snapshot->proven == NULL || snapshot->proven (copy, snapshot->proven_data, error);
}

static gboolean
save_from (const CfdDbDriver *driver, CfdDbHandle *handle, CfdSnapshotFile *part, CfdDbCopied copied, gpointer data,
           CfdSnapshot *out, GError **error)
{
  g_autoptr (CfdCensus) census = NULL;
  gboolean ok;

  /* all that follows sees one state, however long it takes */
  if (!driver->execute (handle, "BEGIN", error))
    return FALSE;
  census = cfd_census_take (driver, handle, error);
  ok = census != NULL && cfd_snapshot_file_fill (part, driver, handle, census, copied, data, error);
  driver->execute (handle, "ROLLBACK", NULL);
  if (ok)
    out->records = census->records;
  return ok;
}

/**
 * cfd_snapshot_save:
 * @database: may be in use and written to; writers are not held up
 * @file: where the copy goes
 * @force: replace what is there
 * @copied: (nullable): hears how far it is
 * @out: (inout): what the copy holds
 *
 * Makes a copy of one state of the database, which holds all that was committed before the call. It is proven before it takes its name.
 */
gboolean
cfd_snapshot_save (const CfdDbDriver *driver, const char *database, const char *file, gboolean force,
                   CfdDbCopied copied, gpointer data, CfdSnapshot *out, GError **error)
{
  g_autoptr (CfdSnapshotFile) part = NULL;
  CfdDbHandle *handle;
  gboolean ok;

  if (is_same_file (database, file))
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "%s is the database itself; name another place", file);
      return FALSE;
    }
  if (!check_place (file, force, error) || !cfd_snapshot_check_space (file, size_of (database) + log_size (database), error))
    return FALSE;
  handle = driver->open (database, TRUE, FALSE, error);
  if (handle == NULL)
    return FALSE;
  part = cfd_snapshot_file_new (file, error);
  ok = part != NULL && save_from (driver, handle, part, copied, data, out, error);
  driver->close (handle);
  if (!ok || !tell_proven (out, part->part, error) || !cfd_snapshot_file_commit (part, error))
    return FALSE;
  out->bytes = size_of (file);
  return TRUE;
}

/* Only a whole copy that this program can read may go further. */
static CfdDbHandle *
open_proven (const CfdDbDriver *driver, const char *file, GError **error)
{
  g_autoptr (GPtrArray) migrations = cfd_migrations ();
  CfdDbHandle *handle;

  if (g_access (file, R_OK) != 0)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_NOT_FOUND, "cannot read %s: %s", file, g_strerror (errno));
      return NULL;
    }
  if (log_size (file) > 0)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "%s is no backup but a database in use: %s-wal holds a part of it; make one with \"chatflowd backup\"",
                   file, file);
      return NULL;
    }
  handle = driver->open_copy (file, error);
  if (handle == NULL || (cfd_migrate_check (driver, handle, migrations, error) && driver->check (handle, error)))
    return handle;
  driver->close (handle);
  return NULL;
}

/* Stamps the copy with the time, so that clients find out that it has replaced another. */
static gboolean
begin_epoch (const CfdDbDriver *driver, const char *copy, gint64 replaced, GError **error)
{
  CfdDbHandle *handle = driver->open (copy, FALSE, FALSE, error);
  gint64 stamp = handle != NULL ? driver->get_stamp (handle, error) : -1;
  gboolean ok;

  if (stamp < 0)
    {
      g_clear_pointer (&handle, driver->close);
      return FALSE;
    }
  /* the same backup twice in a second, or a clock that went back */
  stamp = MAX (g_get_real_time () / G_USEC_PER_SEC, MAX (stamp, replaced) + 1);
  ok = driver->set_stamp (handle, stamp, error);
  driver->close (handle);
  if (ok && log_size (copy) > 0)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "%s could not be completed; is its disk full?", copy);
      return FALSE;
    }
  return ok;
}

/* Makes one file of the database that is there, so that it can be exchanged in one step. One that is too damaged for that stays in
 * its pieces. Returns: its stamp, 0 when that cannot be read, -1 with an error. */
static gint64
close_database (const CfdDbDriver *driver, const char *database, GError **error)
{
  CfdDbHandle *handle = driver->open (database, FALSE, FALSE, NULL);
  gint64 stamp = handle != NULL ? driver->get_stamp (handle, NULL) : 0;

  if (handle == NULL)
    return 0;
  driver->close (handle);
  if (log_size (database) == 0)
    return MAX (stamp, 0);
  g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "the database %s could not be closed, so it was left in its place; is its disk full?", database);
  return -1;
}

/* Gives the old database a second name; what is left of its log goes with it. Returns: (transfer full): that name. */
static char *
keep_aside (const char *database, GError **error)
{
  static const char *const parts[] = { "-wal", "-shm" };
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *aside = g_strconcat (database, ".before-", time, NULL);

  for (guint n = 2; g_file_test (aside, G_FILE_TEST_EXISTS); n++)
    {
      g_free (aside);
      aside = g_strdup_printf ("%s.before-%s-%u", database, time, n);
    }
  if (link (database, aside) != 0)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "cannot keep the old database as %s: %s", aside, g_strerror (errno));
      return NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *from = g_strconcat (database, parts[i], NULL), *to = g_strconcat (aside, parts[i], NULL);

      g_rename (from, to);
    }
  return g_steal_pointer (&aside);
}

/* What root restores must be the server's, whose folder it is. */
static gboolean
hand_over (const CfdSnapshotFile *part, const char *database, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (database);
  struct stat owner;

  if (geteuid () != 0 || (stat (folder, &owner) == 0 && fchown (part->fd, owner.st_uid, owner.st_gid) == 0))
    return TRUE;
  g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "cannot give %s to the owner of its folder: %s", part->part, g_strerror (errno));
  return FALSE;
}

static gboolean
fill_from (const CfdDbDriver *driver, CfdDbHandle *backup, CfdSnapshotFile *part, CfdDbCopied copied, gpointer data,
           CfdSnapshot *out, GError **error)
{
  g_autoptr (CfdCensus) census = cfd_census_take (driver, backup, error);

  if (census == NULL || !cfd_snapshot_file_fill (part, driver, backup, census, copied, data, error))
    return FALSE;
  out->records = census->records;
  return TRUE;
}

/**
 * cfd_snapshot_restore:
 * @file: a copy that cfd_snapshot_save() made; it stays as it is
 * @database: where it goes; nobody may use it
 * @force: replace what is there
 * @out: (inout): what was restored
 * @aside: (out) (transfer full) (nullable): where the database that was there is now
 *
 * Puts a proven copy in the place of the database. Until the very end what was there stays there. Clients that know revisions of another
 * epoch are told to begin anew: see cfd_tx_epoch().
 */
gboolean
cfd_snapshot_restore (const CfdDbDriver *driver, const char *file, const char *database, gboolean force,
                      CfdDbCopied copied, gpointer data, CfdSnapshot *out, char **aside, GError **error)
{
  gboolean replaces = g_file_test (database, G_FILE_TEST_EXISTS);
  g_autoptr (CfdSnapshotFile) part = NULL;
  CfdDbHandle *backup;
  gint64 replaced = 0;
  gboolean ok;

  *aside = NULL;
  if (!check_place (database, force, error) || !cfd_snapshot_check_space (database, size_of (file), error))
    return FALSE;
  backup = open_proven (driver, file, error);
  if (backup == NULL)
    {
      g_prefix_error (error, "this backup cannot be restored: ");
      return FALSE;
    }
  part = cfd_snapshot_file_new (database, error);
  ok = part != NULL && fill_from (driver, backup, part, copied, data, out, error);
  driver->close (backup);
  if (!ok || !hand_over (part, database, error))
    return FALSE;
  if (replaces)
    replaced = close_database (driver, database, error);
  if (replaced < 0 || !begin_epoch (driver, part->part, replaced, error) || !tell_proven (out, part->part, error))
    return FALSE;
  if (replaces && (*aside = keep_aside (database, error)) == NULL)
    return FALSE;
  cfd_search_index_remove (database); /* the server makes it anew from what was restored */
  if (!cfd_snapshot_file_commit (part, error))
    return FALSE;
  out->bytes = size_of (database);
  return TRUE;
}
