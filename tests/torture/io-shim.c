/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loaded in front of the C library (LD_PRELOAD): a disk that fails on command.
 *
 * It counts what a program asks of its database files (NAME.db, and those that end in -wal, -shm, -journal) and fails the calls that it
 * was told to. It is told through a file that both sides map, whose name is in TORTURE_IO, so a running daemon can be armed at any moment.
 * With TORTURE_SYNCED, a folder, it keeps a copy there of each database file as it was when it was last synced: what a power cut
 * would leave at least.
 */
#define _GNU_SOURCE /* RTLD_NEXT, copy_file_range() */
#undef _FILE_OFFSET_BITS /* so that open() and open64() are two names */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define MAX_FD 65536
#define WAL_HEADER_BYTES 32
#define WAL_FRAME_BYTES (24 + 2048)

typedef enum
{
  MODE_REFUSE, /* nothing is done, and the error is returned */
  MODE_TORN,   /* half of a write is done, and the error is returned */
  MODE_SHORT,  /* half of a write is done, and its length is returned; from the next call on it refuses */
  MODE_KILL,   /* the process ends on the spot */
} Mode;

/* As shims.mjs knows it: 64-bit numbers of this machine. */
typedef struct
{
  uint64_t armed;
  uint64_t count;      /* calls since it was armed */
  uint64_t from;       /* the first call that fails, counted from 1; 0 = none, only count */
  uint64_t calls;      /* how many fail */
  uint64_t error;      /* errno */
  uint64_t mode;
  uint64_t failed;     /* how many did */
  uint64_t wal_frames; /* in the log since its header was written, counted always */
  uint64_t sync_delay; /* milliseconds that each sync takes longer */
  uint64_t syncs;      /* that succeeded, counted always */
} Control;

typedef enum
{
  FILE_NONE,
  FILE_DATABASE,
  FILE_WAL,
  FILE_OTHER,
} FileKind;

static Control *control;
static const char *synced_folder;
static unsigned char kinds[MAX_FD]; /* of open files: FileKind */
/* Two threads may sync one file: a copy that one began before the other's must not take its place. */
static pthread_mutex_t keeping = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) \
  ({ \
    static __typeof__ (name) *function; \
    if (function == NULL) \
      function = (__typeof__ (name) *) dlsym (RTLD_NEXT, #name); \
    function; \
  })

__attribute__ ((constructor)) static void
map_control (void)
{
  const char *path = getenv ("TORTURE_IO");
  int fd = path != NULL ? REAL (open) (path, O_RDWR | O_CLOEXEC) : -1;

  synced_folder = getenv ("TORTURE_SYNCED");
  if (fd < 0)
    return;
  control = mmap (NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (control == MAP_FAILED)
    control = NULL;
  REAL (close) (fd);
}

static int
ends_in (const char *text, const char *end)
{
  size_t length = strlen (text), wanted = strlen (end);

  return length >= wanted && strcmp (text + length - wanted, end) == 0;
}

static FileKind
kind_of_path (const char *path)
{
  if (ends_in (path, ".db"))
    return FILE_DATABASE;
  if (ends_in (path, ".db-wal"))
    return FILE_WAL;
  return ends_in (path, ".db-shm") || ends_in (path, ".db-journal") ? FILE_OTHER : FILE_NONE;
}

static FileKind
kind_of (int fd)
{
  return control != NULL && fd >= 0 && fd < MAX_FD ? __atomic_load_n (&kinds[fd], __ATOMIC_ACQUIRE) : FILE_NONE;
}

/* Counts a call. Returns: whether it is one of those that fail; @first: whether it is the first of them. */
static int
strikes (int *first)
{
  uint64_t number;

  *first = 0;
  if (!__atomic_load_n (&control->armed, __ATOMIC_ACQUIRE))
    return 0;
  number = __atomic_add_fetch (&control->count, 1, __ATOMIC_ACQ_REL);
  if (control->from == 0 || number < control->from || number >= control->from + control->calls)
    return 0;
  if (control->mode == MODE_KILL)
    kill (getpid (), SIGKILL);
  __atomic_add_fetch (&control->failed, 1, __ATOMIC_ACQ_REL);
  *first = number == control->from;
  errno = control->error;
  return 1;
}

/* For calls that are done or not done. */
static int
refused (FileKind kind)
{
  int first;

  return kind != FILE_NONE && strikes (&first);
}

/* Waits with its own real clock, and keeps errno. */
static void
delay_sync (void)
{
  uint64_t milliseconds = control->sync_delay;
  struct timespec time = { milliseconds / 1000, milliseconds % 1000 * 1000000 };

  if (milliseconds > 0)
    nanosleep (&time, NULL);
}

/* The copy is complete or not there: it is renamed into its place. */
static void
keep_synced (int fd)
{
  char link[64], path[PATH_MAX], kept[2 * PATH_MAX], partial[3 * PATH_MAX];
  loff_t from = 0;
  ssize_t length;
  int copy;

  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  length = readlink (link, path, sizeof path - 1);
  if (length <= 0)
    return;
  path[length] = '\0';
  snprintf (kept, sizeof kept, "%s/%s", synced_folder, strrchr (path, '/') + 1);
  snprintf (partial, sizeof partial, "%s.%d.partial", kept, fd);
  copy = REAL (open) (partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  while ((length = copy_file_range (fd, &from, copy, NULL, 1 << 30, 0)) > 0)
    ;
  if (copy < 0 || length < 0 || REAL (close) (copy) != 0 || rename (partial, kept) != 0)
    abort (); /* the test would prove nothing */
}

static int
after_sync (int fd, FileKind kind, int result)
{
  if (kind == FILE_NONE || result != 0)
    return result;
  __atomic_add_fetch (&control->syncs, 1, __ATOMIC_ACQ_REL);
  if (synced_folder != NULL && kind != FILE_OTHER)
    {
      pthread_mutex_lock (&keeping);
      keep_synced (fd);
      pthread_mutex_unlock (&keeping);
    }
  return 0;
}

static int
remember (int fd, FileKind kind)
{
  if (fd >= 0 && fd < MAX_FD)
    __atomic_store_n (&kinds[fd], kind, __ATOMIC_RELEASE);
  return fd;
}

static int
open_file (const char *path, int flags, mode_t mode)
{
  FileKind kind = control != NULL ? kind_of_path (path) : FILE_NONE;

  return refused (kind) ? -1 : remember (REAL (open64) (path, flags, mode), kind);
}

static mode_t
mode_argument (int flags, va_list arguments)
{
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg (arguments, mode_t) : 0;
}

int
open (const char *path, int flags, ...)
{
  va_list arguments;
  mode_t mode;

  va_start (arguments, flags);
  mode = mode_argument (flags, arguments);
  va_end (arguments);
  return open_file (path, flags, mode);
}

int
open64 (const char *path, int flags, ...)
{
  va_list arguments;
  mode_t mode;

  va_start (arguments, flags);
  mode = mode_argument (flags, arguments);
  va_end (arguments);
  return open_file (path, flags, mode);
}

int
close (int fd)
{
  if (kind_of (fd) != FILE_NONE)
    remember (fd, FILE_NONE);
  return REAL (close) (fd);
}

/* How far the log goes, in pages. One write may hold many frames, each of a head and a page. */
static void
count_frames (FileKind kind, size_t length, off64_t at)
{
  uint64_t frames = at + length > WAL_HEADER_BYTES ? (at + length - WAL_HEADER_BYTES) / WAL_FRAME_BYTES : 0;

  if (kind == FILE_WAL && (at == 0 || frames > __atomic_load_n (&control->wal_frames, __ATOMIC_ACQUIRE)))
    __atomic_store_n (&control->wal_frames, frames, __ATOMIC_RELEASE);
}

static ssize_t
write_at (int fd, const void *bytes, size_t length, off64_t at)
{
  FileKind kind = kind_of (fd);
  int first;

  if (kind == FILE_NONE)
    return REAL (pwrite64) (fd, bytes, length, at);
  count_frames (kind, length, at);
  if (!strikes (&first))
    return REAL (pwrite64) (fd, bytes, length, at);
  if (control->mode == MODE_SHORT && first)
    return REAL (pwrite64) (fd, bytes, (length + 1) / 2, at);
  if (control->mode == MODE_TORN && REAL (pwrite64) (fd, bytes, length / 2, at) >= 0)
    errno = control->error;
  return -1;
}

ssize_t
pwrite (int fd, const void *bytes, size_t length, off_t at)
{
  return write_at (fd, bytes, length, at);
}

ssize_t
pwrite64 (int fd, const void *bytes, size_t length, off64_t at)
{
  return write_at (fd, bytes, length, at);
}

ssize_t
write (int fd, const void *bytes, size_t length)
{
  return refused (kind_of (fd)) ? -1 : REAL (write) (fd, bytes, length);
}

int
fsync (int fd)
{
  FileKind kind = kind_of (fd);

  if (kind != FILE_NONE)
    delay_sync ();
  return refused (kind) ? -1 : after_sync (fd, kind, REAL (fsync) (fd));
}

int
fdatasync (int fd)
{
  FileKind kind = kind_of (fd);

  if (kind != FILE_NONE)
    delay_sync ();
  return refused (kind) ? -1 : after_sync (fd, kind, REAL (fdatasync) (fd));
}

int
ftruncate64 (int fd, off64_t length)
{
  return refused (kind_of (fd)) ? -1 : REAL (ftruncate64) (fd, length);
}

int
unlink (const char *path)
{
  return refused (control != NULL ? kind_of_path (path) : FILE_NONE) ? -1 : REAL (unlink) (path);
}
