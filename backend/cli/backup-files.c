/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backup-files.h"

#include "backend/db/snapshot.h"
#include "backup-store.h"
#include "protocol/error.h"
#include "protocol/id.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE (256 * 1024)
#define ID_LENGTH 36
#define HASH_LENGTH 64 /* SHA-256, in hexadecimal */

struct _CfdBackupFiles
{
  char *backup;       /* its folder */
  char *live;         /* the server's */
  int lock;           /* on the backup's folder: one command at a time writes there */
  GHashTable *have;   /* id -> name in the backup, as it was found */
  GPtrArray *added;   /* names that were not there before */
  GHashTable *wanted; /* id -> name in the backup that was saved */
  gboolean writes;
  CfdBackupTally tally;
};

static gboolean
fail (const char *what, const char *path, GError **error)
{
  int code = errno;

  g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "%s %s: %s", what, path, g_strerror (code));
  return FALSE;
}

static char *
path_in (const char *folder, const char *name)
{
  return g_build_filename (folder, name, NULL);
}

/* ID.HASH */
static gboolean
is_copy (const char *name)
{
  g_autofree char *id = strlen (name) == ID_LENGTH + 1 + HASH_LENGTH && name[ID_LENGTH] == '.' ? g_strndup (name, ID_LENGTH) : NULL;

  return id != NULL && cf_id_is_valid (id) && strspn (name + ID_LENGTH + 1, "0123456789abcdef") == HASH_LENGTH;
}

static const char *
hash_of (const char *name)
{
  return name + ID_LENGTH + 1;
}

static gboolean
sync_folder (const char *folder, GError **error)
{
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (!ok)
    fail ("cannot sync", folder, error);
  if (fd >= 0)
    close (fd);
  return ok;
}

static gboolean
write_all (int fd, const guchar *bytes, gsize length)
{
  while (length > 0)
    {
      gssize n = write (fd, bytes, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      bytes += n;
      length -= n;
    }
  return TRUE;
}

/* Reads @from to its end, and writes it to @to unless that is -1. Returns: (transfer full) (nullable): the hash; NULL with errno */
static char *
pump (int from, int to)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *piece = g_malloc (PIECE);
  gssize n;

  while ((n = read (from, piece, PIECE)) != 0)
    {
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0 || (to >= 0 && !write_all (to, piece, n)))
        return NULL;
      g_checksum_update (checksum, piece, n);
    }
  return g_strdup (g_checksum_get_string (checksum));
}

/* Returns: (transfer full) (nullable): NULL when it cannot be read */
static char *
hash_file (const char *path)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
  char *hash = fd >= 0 ? pump (fd, -1) : NULL;

  if (fd >= 0)
    close (fd);
  return hash;
}

/* What root restores must be the server's, whose folder it is. */
static gboolean
hand_over (int fd, const char *folder)
{
  struct stat owner;

  return geteuid () != 0 || (stat (folder, &owner) == 0 && fchown (fd, owner.st_uid, owner.st_gid) == 0);
}

/* Writes a copy of @from to @to, on the disk. Returns: (transfer full) (nullable): its hash; NULL with an error, and nothing at @to */
static char *
copy_file (int from, const char *to, const char *owner, GError **error)
{
  int fd = g_open (to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  g_autofree char *hash = fd >= 0 ? pump (from, fd) : NULL;
  gboolean ok = hash != NULL && (owner == NULL || hand_over (fd, owner)) && fsync (fd) == 0;

  if (!ok)
    fail ("cannot write", to, error);
  if (fd >= 0)
    close (fd);
  if (ok)
    return g_steal_pointer (&hash);
  g_unlink (to);
  return NULL;
}

static gboolean
read_names (CfdBackupFiles *self, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (self->backup, 0, error);
  const char *name;

  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    if (is_copy (name))
      g_hash_table_insert (self->have, g_strndup (name, ID_LENGTH), g_strdup (name));
  return TRUE;
}

/**
 * cfd_backup_files_new:
 * @backup: the file with the database's backup
 * @live: the folder of the server's files
 * @writes: whether to save
 */
CfdBackupFiles *
cfd_backup_files_new (const char *backup, const char *live, gboolean writes, GError **error)
{
  g_autoptr (CfdBackupFiles) self = g_new0 (CfdBackupFiles, 1);

  self->backup = g_strconcat (backup, ".files", NULL);
  self->live = g_strdup (live);
  self->have = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->added = g_ptr_array_new_with_free_func (g_free);
  self->wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->writes = writes;
  self->lock = -1;
  if (writes && g_mkdir (self->backup, 0700) != 0 && errno != EEXIST)
    {
      fail ("cannot create the folder", self->backup, error);
      return NULL;
    }
  if (!writes && !g_file_test (self->backup, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&self);
  self->lock = g_open (self->backup, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  if (self->lock < 0 || flock (self->lock, (writes ? LOCK_EX : LOCK_SH) | LOCK_NB) != 0)
    {
      fail ("cannot use the folder", self->backup, error);
      return NULL;
    }
  return read_names (self, error) ? g_steal_pointer (&self) : NULL;
}

/* Copies what @fd is, and reads the copy back. */
static gboolean
add_copy (CfdBackupFiles *self, const char *id, int fd, GError **error)
{
  g_autofree char *part_name = g_strconcat (id, ".part", NULL), *part = path_in (self->backup, part_name);
  g_autofree char *hash = copy_file (fd, part, NULL, error), *again = hash != NULL ? hash_file (part) : NULL;
  g_autofree char *name = hash != NULL ? g_strconcat (id, ".", hash, NULL) : NULL, *path = name != NULL ? path_in (self->backup, name) : NULL;

  if (hash == NULL)
    return FALSE;
  if (g_strcmp0 (hash, again) != 0)
    {
      g_unlink (part);
      g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "%s: got a copy with other content than its source; check the disk", path);
      return FALSE;
    }
  if (g_rename (part, path) != 0)
    return fail ("cannot put in place", path, error);
  if (g_strcmp0 (g_hash_table_lookup (self->have, id), name) != 0) /* one that was damaged belongs to the backup before, too */
    g_ptr_array_add (self->added, g_strdup (name));
  g_hash_table_insert (self->wanted, g_strdup (id), g_steal_pointer (&name));
  return TRUE;
}

/* Whether the copy that is there is that of @fd, which is read. */
static gboolean
is_there (CfdBackupFiles *self, const char *id, int fd)
{
  const char *name = g_hash_table_lookup (self->have, id);
  g_autofree char *path = name != NULL ? path_in (self->backup, name) : NULL, *copy = path != NULL ? hash_file (path) : NULL;
  g_autofree char *source = copy != NULL && g_str_equal (copy, hash_of (name)) ? pump (fd, -1) : NULL;

  return source != NULL && g_str_equal (source, copy);
}

/* What the backup has already stays in it. */
static void
want_found (CfdBackupFiles *self, const char *id)
{
  g_hash_table_insert (self->wanted, g_strdup (id), g_strdup (g_hash_table_lookup (self->have, id)));
}

/* The server has lost it. One that nobody has sent may have been forgotten just now. */
static void
pass_over (CfdBackupFiles *self, const CfdBackupEntry *entry)
{
  if (g_hash_table_contains (self->have, entry->id))
    want_found (self, entry->id);
  else
    self->tally.missing += entry->sent;
}

static gboolean
save_one (CfdBackupFiles *self, const CfdBackupEntry *entry, GError **error)
{
  g_autofree char *path = path_in (self->live, entry->id);
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
  gboolean ok = TRUE;

  if (fd < 0 && errno != ENOENT)
    return fail ("cannot read", path, error);
  if (fd < 0)
    {
      pass_over (self, entry);
      return TRUE;
    }
  if (is_there (self, entry->id, fd))
    want_found (self, entry->id);
  else
    ok = lseek (fd, 0, SEEK_SET) == 0 ? add_copy (self, entry->id, fd, error) : fail ("cannot read", path, error);
  close (fd);
  self->tally.files += ok;
  self->tally.bytes += ok ? entry->size : 0;
  return ok;
}

static guint64
sum (const GPtrArray *entries)
{
  guint64 bytes = 0;

  for (guint i = 0; i < entries->len; i++)
    bytes += ((const CfdBackupEntry *) entries->pdata[i])->size;
  return bytes;
}

/* Whether what is not in @folder yet fits there; @have: (nullable): ids of what is */
static gboolean
check_space (const GPtrArray *entries, const char *folder, GHashTable *have, GError **error)
{
  g_autofree char *any = path_in (folder, "any");
  guint64 needed = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const CfdBackupEntry *entry = entries->pdata[i];
      g_autofree char *path = path_in (folder, entry->id);

      if (have != NULL ? !g_hash_table_contains (have, entry->id) : !g_file_test (path, G_FILE_TEST_EXISTS))
        needed += entry->size;
    }
  return cfd_snapshot_check_space (any, needed, error);
}

/**
 * cfd_backup_files_save:
 * @entries: of CfdBackupEntry: what the database counts on
 * @copied: (nullable): hears how far it is, in bytes
 *
 * Brings them into the backup, beside what is there for the one before: cfd_backup_files_keep() ends that.
 */
gboolean
cfd_backup_files_save (CfdBackupFiles *self, const GPtrArray *entries, CfdDbCopied copied, gpointer data, GError **error)
{
  guint64 total = sum (entries);

  if (!check_space (entries, self->backup, self->have, error))
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    {
      if (!save_one (self, entries->pdata[i], error))
        return FALSE;
      if (copied != NULL)
        copied (self->tally.bytes, total, data);
    }
  return sync_folder (self->backup, error);
}

/* Of files that are gone, of other content than now, and what a killed command has left. */
static gboolean
is_left_over (CfdBackupFiles *self, const char *name)
{
  g_autofree char *id = g_strndup (name, ID_LENGTH);

  if (!cf_id_is_valid (id) || (!is_copy (name) && !g_str_equal (name + ID_LENGTH, ".part")))
    return FALSE;
  return g_strcmp0 (g_hash_table_lookup (self->wanted, id), name) != 0;
}

/**
 * cfd_backup_files_keep:
 * The database's backup is in its place: what only the one before it needed goes away.
 */
void
cfd_backup_files_keep (CfdBackupFiles *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->backup, 0, NULL);
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (is_left_over (self, name))
      g_ptr_array_add (gone, path_in (self->backup, name));
  for (guint i = 0; i < gone->len; i++)
    g_unlink (gone->pdata[i]);
  g_ptr_array_set_size (self->added, 0);
}

static gboolean
put_back (CfdBackupFiles *self, const char *name, const char *path, GError **error)
{
  g_autofree char *from = path_in (self->backup, name), *part = g_strconcat (path, ".new", NULL), *hash = NULL;
  int fd = g_open (from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);

  if (fd < 0)
    return fail ("cannot read", from, error);
  hash = copy_file (fd, part, self->live, error);
  close (fd);
  if (hash == NULL)
    return FALSE;
  if (!g_str_equal (hash, hash_of (name)))
    {
      g_unlink (part);
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "%s is damaged; get it from another copy, or remove it and say --allow-missing", from);
      return FALSE;
    }
  return g_rename (part, path) == 0 || fail ("cannot put in place", path, error);
}

static gboolean
restore_one (CfdBackupFiles *self, const CfdBackupEntry *entry, GError **error)
{
  const char *name = g_hash_table_lookup (self->have, entry->id);
  g_autofree char *path = path_in (self->live, entry->id), *there = hash_file (path);

  if (name == NULL)
    {
      self->tally.missing += entry->sent && there == NULL;
      return TRUE;
    }
  if (g_strcmp0 (there, hash_of (name)) != 0 && !put_back (self, name, path, error))
    return FALSE;
  self->tally.files++;
  self->tally.bytes += entry->size;
  return TRUE;
}

static gboolean
make_live (CfdBackupFiles *self, GError **error)
{
  g_autofree char *state = g_path_get_dirname (self->live);
  gboolean ok;
  int fd;

  if (g_mkdir (self->live, 0700) != 0 && errno != EEXIST)
    return fail ("cannot create the folder", self->live, error);
  fd = g_open (self->live, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  ok = fd >= 0 && hand_over (fd, state);
  if (!ok)
    fail ("cannot use the folder", self->live, error);
  if (fd >= 0)
    close (fd);
  return ok;
}

/**
 * cfd_backup_files_restore:
 * @entries: of CfdBackupEntry: what the database that is restored counts on
 * @allow_missing: go on when some are neither in the backup nor in their place
 *
 * Puts them where the server looks for them, each proven by its hash. What is there besides stays.
 */
gboolean
cfd_backup_files_restore (CfdBackupFiles *self, const GPtrArray *entries, gboolean allow_missing, CfdDbCopied copied, gpointer data, GError **error)
{
  guint64 total = sum (entries);

  if (entries->len == 0)
    return TRUE;
  if (!make_live (self, error) || !check_space (entries, self->live, NULL, error))
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    {
      if (!restore_one (self, entries->pdata[i], error))
        return FALSE;
      if (copied != NULL)
        copied (self->tally.bytes, total, data);
    }
  if (self->tally.missing > 0 && !allow_missing)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_NOT_FOUND,
                   "%u of the files that people have sent are not in %s; bring that folder along, or go on without them with --allow-missing",
                   self->tally.missing, self->backup);
      return FALSE;
    }
  return sync_folder (self->live, error);
}

const CfdBackupTally *
cfd_backup_files_get_tally (const CfdBackupFiles *self)
{
  return &self->tally;
}

/**
 * cfd_backup_files_free:
 * A backup that did not come to its end leaves nothing behind.
 */
void
cfd_backup_files_free (CfdBackupFiles *self)
{
  for (guint i = 0; i < self->added->len; i++)
    {
      g_autofree char *path = path_in (self->backup, self->added->pdata[i]);

      g_unlink (path);
    }
  if (self->lock >= 0)
    {
      if (self->writes)
        g_rmdir (self->backup); /* when nothing is in it */
      close (self->lock);
    }
  g_ptr_array_unref (self->added);
  g_hash_table_unref (self->have);
  g_hash_table_unref (self->wanted);
  g_free (self->backup);
  g_free (self->live);
  g_free (self);
}
