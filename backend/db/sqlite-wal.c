/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sqlite-wal.h"

#include "sqlite-page.h"

#include <sqlite3.h>
#include <string.h>

/* What is larger goes to the disk in pieces. SQLite's own unix files take less than 128 KiB in one write. */
#define GATHERED_MAX (124 * 1024)
/* Of SQLite's own. */
#define PAGE_MAX 65536

/* Nobody may read the log's new end before it is published in the shared index, and with synchronous = FULL, which all our
 * connections have, SQLite publishes only after it has synced. So it is enough that everything is written before a sync, and before
 * this connection itself reads, measures or cuts the file. A write that fails is told by the sync, which fails the commit. A large
 * transaction begins to write before it ends; when it is undone, its place in the log belongs to whoever writes next, another process
 * too, so what was gathered must not be written any more: cfd_sqlite_wal_watch(). */
typedef struct
{
  sqlite3_file base;
  guint8 *bytes; /* gathered; NULL as long as nothing ever was */
  int length;
  sqlite3_int64 start; /* where they belong */
  sqlite3_file *disk;  /* the system's own, which follows in memory */
  gboolean lazy;       /* commits need not be on disk: those that must be take them along */
} WalFile;

static int
flush (WalFile *self)
{
  int length = self->length;

  self->length = 0; /* also when it fails: SQLite hears of it and takes the whole transaction back */
  return length > 0 ? self->disk->pMethods->xWrite (self->disk, self->bytes, length, self->start) : SQLITE_OK;
}

static int
wal_close (sqlite3_file *file)
{
  WalFile *self = (WalFile *) file;

  g_free (self->bytes); /* what was not synced was promised to nobody */
  return self->disk->pMethods->xClose (self->disk);
}

static int
wal_read (sqlite3_file *file, void *out, int length, sqlite3_int64 offset)
{
  WalFile *self = (WalFile *) file;
  int code = flush (self);

  return code == SQLITE_OK ? self->disk->pMethods->xRead (self->disk, out, length, offset) : code;
}

static int
wal_write (sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset)
{
  WalFile *self = (WalFile *) file;

  if (self->length > 0 && (offset != self->start + self->length || self->length + length > GATHERED_MAX))
    {
      int code = flush (self);

      if (code != SQLITE_OK)
        return code;
    }
  if (length > GATHERED_MAX)
    return self->disk->pMethods->xWrite (self->disk, bytes, length, offset);
  if (self->bytes == NULL)
    self->bytes = g_malloc (GATHERED_MAX);
  if (self->length == 0)
    self->start = offset;
  memcpy (self->bytes + self->length, bytes, length);
  self->length += length;
  return SQLITE_OK;
}

static int
wal_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  WalFile *self = (WalFile *) file;
  int code = flush (self);

  return code == SQLITE_OK ? self->disk->pMethods->xTruncate (self->disk, size) : code;
}

static int
wal_sync (sqlite3_file *file, int flags)
{
  WalFile *self = (WalFile *) file;
  /* The head of a log that begins anew must be on disk before what follows it: an old head would vouch for what is left of the old log. */
  gboolean wait = !self->lazy || self->start == 0;
  int code = flush (self);

  return code == SQLITE_OK && wait ? self->disk->pMethods->xSync (self->disk, flags) : code;
}

static int
wal_file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  WalFile *self = (WalFile *) file;
  int code = flush (self);

  return code == SQLITE_OK ? self->disk->pMethods->xFileSize (self->disk, size) : code;
}

static int
wal_lock (sqlite3_file *file, int level)
{
  return SQLITE_OK; /* the locks are on the database itself */
}

static int
wal_check_reserved_lock (sqlite3_file *file, int *reserved)
{
  *reserved = 0;
  return SQLITE_OK;
}

static int
wal_file_control (sqlite3_file *file, int operation, void *argument)
{
  WalFile *self = (WalFile *) file;

  return self->disk->pMethods->xFileControl (self->disk, operation, argument);
}

static int
wal_sector_size (sqlite3_file *file)
{
  WalFile *self = (WalFile *) file;

  return self->disk->pMethods->xSectorSize (self->disk);
}

static int
wal_device_characteristics (sqlite3_file *file)
{
  WalFile *self = (WalFile *) file;

  return self->disk->pMethods->xDeviceCharacteristics (self->disk);
}

static const sqlite3_io_methods wal_methods = {
  .iVersion = 1,
  .xClose = wal_close,
  .xRead = wal_read,
  .xWrite = wal_write,
  .xTruncate = wal_truncate,
  .xSync = wal_sync,
  .xFileSize = wal_file_size,
  .xLock = wal_lock,
  .xUnlock = wal_lock,
  .xCheckReservedLock = wal_check_reserved_lock,
  .xFileControl = wal_file_control,
  .xSectorSize = wal_sector_size,
  .xDeviceCharacteristics = wal_device_characteristics,
};

/* The system's methods for the database itself, and the same with our own way of writing. */
static sqlite3_io_methods system_methods, database_methods;

/* A page on its way from the log into the database: what lies in it between what is used is not worth keeping, and may be what somebody wanted to be
 * forgotten. */
static int
database_write (sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset)
{
  guint8 page[PAGE_MAX];
  sqlite3_int64 whole;
  gsize from, to;

  if (length > PAGE_MAX || system_methods.xFileSize (file, &whole) != SQLITE_OK || whole / length >= (sqlite3_int64) CFD_SQLITE_PAGES_KNOWN
      || !cfd_sqlite_page_gap (bytes, length, offset == 0, &from, &to))
    return system_methods.xWrite (file, bytes, length, offset);
  memcpy (page, bytes, length);
  memset (page + from, 0, to - from);
  return system_methods.xWrite (file, page, length, offset);
}

/* All files of a system's database have the same methods, which never change. */
static void
watch_pages (sqlite3_file *file)
{
  static gsize made;

  if (file->pMethods == NULL)
    return;
  if (g_once_init_enter (&made))
    {
      system_methods = database_methods = *file->pMethods;
      database_methods.xWrite = database_write;
      g_once_init_leave (&made, 1);
    }
  if (file->pMethods->xWrite == system_methods.xWrite && file->pMethods->xLock == system_methods.xLock)
    file->pMethods = &database_methods;
}

static int
open_file (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  sqlite3_vfs *system = vfs->pAppData;
  WalFile *self = (WalFile *) file;
  int code;

  if ((flags & SQLITE_OPEN_WAL) == 0)
    {
      code = system->xOpen (system, name, file, flags, out_flags); /* nothing of ours in it but how it writes */
      if (code == SQLITE_OK && (flags & SQLITE_OPEN_MAIN_DB) != 0)
        watch_pages (file);
      return code;
    }
  memset (self, 0, sizeof *self);
  self->disk = (sqlite3_file *) (self + 1);
  code = system->xOpen (system, name, self->disk, flags, out_flags);
  if (code == SQLITE_OK)
    self->base.pMethods = &wal_methods;
  return code;
}

/**
 * cfd_sqlite_wal_file_system:
 * Returns: (transfer none): the name to open a writing connection with; registered when it is asked for first. NULL, which means the
 *   system's own, when SQLite has no memory for it.
 */
const char *
cfd_sqlite_wal_file_system (void)
{
  static sqlite3_vfs vfs;
  static gsize made;
  static const char *name;

  if (g_once_init_enter (&made))
    {
      sqlite3_vfs *system = sqlite3_vfs_find (NULL);

      vfs = *system; /* its functions find what they need in the structure, which is a copy */
      vfs.zName = "chatflow";
      vfs.szOsFile = sizeof (WalFile) + system->szOsFile;
      vfs.pAppData = system;
      vfs.xOpen = open_file;
      name = sqlite3_vfs_register (&vfs, FALSE) == SQLITE_OK ? vfs.zName : NULL;
      g_once_init_leave (&made, 1);
    }
  return name;
}

static WalFile *
find_log (sqlite3 *db)
{
  sqlite3_file *file = NULL;

  sqlite3_file_control (db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file);
  return file != NULL && file->pMethods == &wal_methods ? (WalFile *) file : NULL;
}

/* A transaction of @data, a connection, was undone. */
static void
forget (void *data)
{
  WalFile *log = find_log (data);

  if (log != NULL)
    log->length = 0;
}

/**
 * cfd_sqlite_wal_set_lazy:
 * @db: a connection with cfd_sqlite_wal_file_system()
 * @lazy: whether the commits that follow may get lost when the power fails, alone or with others of their kind; until one that is not lazy
 *   has ended, or a checkpoint
 */
void
cfd_sqlite_wal_set_lazy (sqlite3 *db, gboolean lazy)
{
  WalFile *log = find_log (db);

  if (log != NULL)
    log->lazy = lazy;
}

/**
 * cfd_sqlite_wal_watch:
 * @db: a connection with cfd_sqlite_wal_file_system(); must be called for each, and takes its rollback hook
 */
void
cfd_sqlite_wal_watch (sqlite3 *db)
{
  sqlite3_rollback_hook (db, forget, db);
}
