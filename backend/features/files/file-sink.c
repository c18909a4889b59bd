/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file-sink.h"

#include "file-folder.h"
#include "protocol/error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define FULL (512 * 1024) /* bytes that may wait in memory */

struct _CfdFileSink
{
  CfdWorker *worker;
  char *folder, *id;
  gint64 from;
  gsize waiting; /* main loop: bytes that the worker has not written */
  CfdFileSinkEased eased;
  gpointer eased_data;
  CfdFileSinkDone done;
  gpointer done_data;
  int fd;        /* the worker's, as all below */
  gint64 stored;
  GError *error;
};

typedef struct
{
  CfdFileSink *sink;
  GBytes *bytes;
} Piece;

/* What was begun and cannot be finished takes no room. */
static void
fail (CfdFileSink *self, const char *what)
{
  g_set_error (&self->error, CF_ERROR, CF_ERROR_UNAVAILABLE, "cannot %s the file: %s; try again later", what, g_strerror (errno));
  cfd_file_folder_remove (self->folder, self->id);
}

static void
open_work (gpointer data)
{
  CfdFileSink *self = data;
  g_autofree char *path = cfd_file_folder_path (self->folder, self->id, ".part");
  struct stat info;

  self->fd = g_open (path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->fd < 0 || fstat (self->fd, &info) != 0)
    {
      fail (self, "store");
      return;
    }
  if (self->from < 0) /* it is only asked for how much there is */
    {
      self->stored = info.st_size;
      return;
    }
  if (info.st_size < self->from)
    g_set_error (&self->error, CF_ERROR, CF_ERROR_CONFLICT, "Content-Range: got a beginning at %" G_GINT64_FORMAT ", expected at most %" G_GINT64_FORMAT,
                 self->from, (gint64) info.st_size);
  else if (ftruncate (self->fd, self->from) != 0 || lseek (self->fd, self->from, SEEK_SET) < 0)
    fail (self, "store");
  else
    self->stored = self->from;
}

static void
write_work (gpointer data)
{
  Piece *piece = data;
  CfdFileSink *self = piece->sink;
  gsize length, at = 0;
  const char *bytes = g_bytes_get_data (piece->bytes, &length);

  while (self->error == NULL && at < length)
    {
      gssize n = write (self->fd, bytes + at, length - at);

      if (n > 0)
        at += n;
      else if (errno != EINTR)
        fail (self, "store");
    }
  self->stored += at;
}

static void
write_done (gpointer data)
{
  Piece *piece = data;
  CfdFileSink *self = piece->sink;
  gboolean was_full = cfd_file_sink_is_full (self);

  self->waiting -= g_bytes_get_size (piece->bytes);
  g_bytes_unref (piece->bytes);
  g_free (piece);
  if (was_full && !cfd_file_sink_is_full (self) && self->eased != NULL)
    self->eased (self->eased_data);
}

static void
finish_work (gpointer data)
{
  CfdFileSink *self = data;

  if (self->error == NULL && self->from >= 0 && fsync (self->fd) != 0)
    fail (self, "store");
  if (self->fd >= 0)
    close (self->fd);
}

static void
finish_done (gpointer data)
{
  CfdFileSink *self = data;

  if (self->done != NULL)
    self->done (self->error == NULL ? self->stored : 0, self->error, self->done_data);
  g_clear_error (&self->error);
  g_free (self->folder);
  g_free (self->id);
  g_free (self);
}

/**
 * cfd_file_sink_new:
 * @from: what follows goes behind so many bytes, and what was behind them goes away; -1 = it is only asked for how much there is
 */
CfdFileSink *
cfd_file_sink_new (CfdWorker *worker, const char *folder, const char *id, gint64 from)
{
  CfdFileSink *self = g_new0 (CfdFileSink, 1);

  self->worker = worker;
  self->folder = g_strdup (folder);
  self->id = g_strdup (id);
  self->from = from;
  self->fd = -1;
  cfd_worker_submit (worker, open_work, NULL, self);
  return self;
}

void
cfd_file_sink_write (CfdFileSink *self, const void *bytes, gsize length)
{
  Piece *piece = g_new0 (Piece, 1);

  *piece = (Piece) { self, g_bytes_new (bytes, length) };
  self->waiting += length;
  cfd_worker_submit (self->worker, write_work, write_done, piece);
}

/**
 * cfd_file_sink_is_full:
 * Returns: whether more should wait until it is eased
 */
gboolean
cfd_file_sink_is_full (CfdFileSink *self)
{
  return self->waiting > FULL;
}

void
cfd_file_sink_set_eased (CfdFileSink *self, CfdFileSinkEased eased, gpointer data)
{
  self->eased = eased;
  self->eased_data = data;
}

/**
 * cfd_file_sink_finish:
 * @self: (transfer full):
 * @done: (nullable):
 */
void
cfd_file_sink_finish (CfdFileSink *self, CfdFileSinkDone done, gpointer data)
{
  self->eased = NULL;
  self->done = done;
  self->done_data = data;
  cfd_worker_submit (self->worker, finish_work, finish_done, self);
}
