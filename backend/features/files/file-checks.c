/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file-checks.h"

#include "backend/log.h"
#include "backend/worker.h"
#include "clamd.h"
#include "file-folder.h"
#include "file-service.h"
#include "file.h"
#include "inspection.h"
#include "protocol/error.h"
#include "site-files.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define AGAIN_SECONDS 5
#define SWEEP_SECONDS 3600
#define CREATED (O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW)

struct _CfdFileChecks
{
  CfdDb *db;
  char *folder, *clamd, *program;
  char **types;
  CfdWorker *worker;
  GPtrArray *later; /* ids of those that are tried again */
  guint again, sweep;
  gint stopping; /* atomic */
};

/* One file's way through the thread. */
typedef struct
{
  CfdFileChecks *checks;
  char *id;
  CfFile *file;
  GPtrArray *found; /* a start and a sweep: of CfFile */
  gboolean allowed; /* by its site */
  gboolean retry;
} Check;

static void
check_free (Check *self)
{
  g_free (self->id);
  g_clear_pointer (&self->file, cf_struct_unref);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_free (self);
}

static Check *
check_new (CfdFileChecks *checks, const char *id)
{
  Check *self = g_new0 (Check, 1);

  self->checks = checks;
  self->id = g_strdup (id);
  return self;
}

static gboolean
read_file (CfdTx *tx, gpointer data, GError **error)
{
  Check *self = data;

  g_clear_pointer (&self->file, cf_struct_unref);
  self->file = cfd_tx_get (tx, error, &cf_file_shape, self->id);
  return error == NULL || *error == NULL;
}

static gboolean
read_checking (CfdTx *tx, gpointer data, GError **error)
{
  Check *self = data;

  g_clear_pointer (&self->found, g_ptr_array_unref);
  self->found = cfd_files_checking (tx, error);
  return self->found != NULL;
}

static gboolean
read_forgotten (CfdTx *tx, gpointer data, GError **error)
{
  Check *self = data;

  g_clear_pointer (&self->found, g_ptr_array_unref);
  self->found = cfd_files_forgotten (tx, error);
  return self->found != NULL;
}

static gboolean
write_verdict (CfdTx *tx, gpointer data, GError **error)
{
  Check *self = data;

  return cfd_files_settle (tx, self->file, error);
}

/* Whether its site takes what it is by its content. */
static gboolean
read_allowed (CfdTx *tx, gpointer data, GError **error)
{
  Check *self = data;

  return cfd_site_files_allow (tx, self->file, self->file->media_type, &self->allowed, error);
}

static gboolean
write_forgotten (CfdTx *tx, gpointer data, GError **error)
{
  return cfd_files_forget (tx, data, error);
}

static void
put_off (Check *self, const char *why)
{
  self->retry = TRUE;
  cfd_log (G_LOG_LEVEL_WARNING, "files", "a file waits to be looked at", "file", self->id != NULL ? self->id : "all", "error", why, NULL);
}

static void
settle (Check *self)
{
  g_autoptr (GError) error = NULL;

  if (!cfd_db_run (self->checks->db, CFD_DB_WRITE, write_verdict, self, &error))
    put_off (self, error->message);
  else if (self->file->state == CF_FILE_REFUSED)
    cfd_file_folder_remove (self->checks->folder, self->id);
}

static void
refuse (Check *self, CfFileReason reason, const char *finding)
{
  self->file->state = CF_FILE_REFUSED;
  self->file->reason = reason;
  g_free (self->file->finding);
  self->file->finding = g_strdup (finding);
  settle (self);
}

/* The bytes: as they came, or, when the server ended just before it could say so, already in their place. */
static int
open_source (Check *self, const char **ending)
{
  g_autofree char *part = cfd_file_folder_path (self->checks->folder, self->id, ".part");
  int fd = g_open (part, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);

  *ending = fd >= 0 ? ".part" : "";
  return fd >= 0 ? fd : cfd_file_folder_open (self->checks->folder, self->id);
}

/* Returns: whether the file may be looked at further. */
static gboolean
scan (Check *self, int fd)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *signature = NULL;

  if (self->checks->clamd == NULL)
    return TRUE;
  switch (cfd_clamd_scan (self->checks->clamd, fd, &signature, &error))
    {
    case CFD_CLAMD_CLEAN:
      return TRUE;
    case CFD_CLAMD_FOUND:
      refuse (self, CF_FILE_REASON_INFECTED, signature);
      return FALSE;
    case CFD_CLAMD_UNKNOWN:
      break;
    }
  g_prefix_error (&error, "clamd: ");
  put_off (self, error->message);
  return FALSE;
}

/* Syncs what the other process has written. Returns: its size; 0 when that failed. */
static gint64
finish_clean (Check *self)
{
  g_autofree char *path = cfd_file_folder_path (self->checks->folder, self->id, ".new");
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
  struct stat info;
  gboolean good = fd >= 0 && fsync (fd) == 0 && fstat (fd, &info) == 0;

  if (fd >= 0)
    close (fd);
  return good ? info.st_size : 0;
}

static void
publish (Check *self, const CfdInspection *seen, const char *ending)
{
  g_autoptr (GError) error = NULL;
  gint64 size = seen->cleaned ? finish_clean (self) : self->file->size;

  if (size == 0 || !cfd_file_folder_publish (self->checks->folder, self->id, seen->cleaned ? ".new" : ending, &error))
    {
      put_off (self, error != NULL ? error->message : "cannot store the picture");
      return;
    }
  self->file->state = CF_FILE_READY;
  self->file->size = size;
  self->file->width = seen->width;
  self->file->height = seen->height;
  settle (self);
}

/* Takes @fd. */
static void
inspect (Check *self, int fd, const char *ending)
{
  CfdFileChecks *checks = self->checks;
  g_autofree char *clean = cfd_file_folder_path (checks->folder, self->id, ".new");
  int out = g_open (clean, CREATED, 0600);
  g_autoptr (GError) error = NULL;
  CfdInspection seen;

  if (out < 0)
    {
      put_off (self, g_strerror (errno));
      close (fd);
      return;
    }
  if (!cfd_inspection_run (checks->program, CFD_INSPECTION_FILE, fd, out, &seen, &error))
    {
      if (g_error_matches (error, CF_ERROR, CF_ERROR_INVALID))
        refuse (self, CF_FILE_REASON_IMAGE, error->message);
      else
        put_off (self, error->message);
      return;
    }
  g_free (self->file->media_type);
  self->file->media_type = g_strdup (seen.media_type);
  if (!cfd_db_run (checks->db, CFD_DB_READ, read_allowed, self, &error))
    put_off (self, error->message);
  else if (!self->allowed || !cfd_file_type_matches ((const char *const *) checks->types, seen.media_type))
    refuse (self, CF_FILE_REASON_TYPE, seen.media_type);
  else if (seen.problem[0] != '\0')
    refuse (self, CF_FILE_REASON_IMAGE, seen.problem);
  else
    publish (self, &seen, ending);
  g_unlink (clean);
}

static void
check_work (gpointer data)
{
  Check *self = data;
  g_autoptr (GError) error = NULL;
  const char *ending;
  int fd;

  if (g_atomic_int_get (&self->checks->stopping)) /* after the next start */
    return;
  if (!cfd_db_run (self->checks->db, CFD_DB_READ, read_file, self, &error))
    {
      put_off (self, error->message);
      return;
    }
  if (self->file == NULL || self->file->parent.deleted || self->file->state != CF_FILE_CHECKING)
    return;
  fd = open_source (self, &ending);
  if (fd < 0)
    refuse (self, CF_FILE_REASON_TYPE, "its content was lost");
  else if (scan (self, fd))
    inspect (self, fd, ending);
  else
    close (fd);
}

static gboolean
try_again (gpointer data)
{
  CfdFileChecks *self = data;
  g_autoptr (GPtrArray) ids = g_steal_pointer (&self->later);

  self->again = 0;
  self->later = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < ids->len; i++)
    cfd_file_checks_add (self, ids->pdata[i]);
  return G_SOURCE_REMOVE;
}

static void
check_done (gpointer data)
{
  Check *check = data;
  CfdFileChecks *self = check->checks;

  if (check->retry && !g_atomic_int_get (&self->stopping))
    {
      g_ptr_array_add (self->later, g_strdup (check->id));
      if (self->again == 0)
        self->again = g_timeout_add_seconds (AGAIN_SECONDS, try_again, self);
    }
  check_free (check);
}

static void
start_work (gpointer data)
{
  Check *self = data;
  g_autoptr (GError) error = NULL;

  if (!cfd_db_run (self->checks->db, CFD_DB_READ, read_checking, self, &error))
    put_off (self, error->message);
}

static void
start_done (gpointer data)
{
  Check *check = data;

  for (guint i = 0; check->found != NULL && i < check->found->len; i++)
    cfd_file_checks_add (check->checks, CF_RECORD (check->found->pdata[i])->id);
  check_free (check);
}

/* First the record, so that a loss in between leaves bytes without a record, never the other way round. */
static void
sweep_work (gpointer data)
{
  Check *self = data;
  gboolean progress = TRUE;

  while (progress && !g_atomic_int_get (&self->checks->stopping))
    {
      progress = FALSE;
      if (!cfd_db_run (self->checks->db, CFD_DB_READ, read_forgotten, self, NULL))
        return;
      for (guint i = 0; i < self->found->len; i++)
        {
          char *id = CF_RECORD (self->found->pdata[i])->id;

          if (!cfd_db_run (self->checks->db, CFD_DB_WRITE, write_forgotten, id, NULL))
            continue;
          cfd_file_folder_remove (self->checks->folder, id);
          progress = TRUE;
        }
    }
}

static void
sweep_done (gpointer data)
{
  check_free (data);
}

static gboolean
sweep (gpointer data)
{
  CfdFileChecks *self = data;

  cfd_worker_submit (self->worker, sweep_work, sweep_done, check_new (self, NULL));
  return G_SOURCE_CONTINUE;
}

/**
 * cfd_file_checks_new:
 * @options: copied
 *
 * Goes on with what the server did not finish when it last ended.
 */
CfdFileChecks *
cfd_file_checks_new (CfdDb *db, const CfdFileCheckOptions *options)
{
  CfdFileChecks *self = g_new0 (CfdFileChecks, 1);

  self->db = db;
  self->folder = g_strdup (options->folder);
  self->clamd = g_strdup (options->clamd);
  self->program = g_strdup (options->program);
  self->types = g_strdupv ((char **) options->types);
  self->later = g_ptr_array_new_with_free_func (g_free);
  self->worker = cfd_worker_new ("file-checks");
  cfd_worker_submit (self->worker, start_work, start_done, check_new (self, NULL));
  sweep (self);
  self->sweep = g_timeout_add_seconds (SWEEP_SECONDS, sweep, self);
  return self;
}

/**
 * cfd_file_checks_add:
 * @id: of a file whose bytes are all on the disk
 */
void
cfd_file_checks_add (CfdFileChecks *self, const char *id)
{
  if (self->worker != NULL)
    cfd_worker_submit (self->worker, check_work, check_done, check_new (self, id));
}

/**
 * cfd_file_checks_stop:
 * Ends after the file that is being looked at; the others' turn comes with the next start.
 */
void
cfd_file_checks_stop (CfdFileChecks *self)
{
  g_clear_handle_id (&self->again, g_source_remove);
  g_clear_handle_id (&self->sweep, g_source_remove);
  g_atomic_int_set (&self->stopping, TRUE);
  g_clear_pointer (&self->worker, cfd_worker_free);
}

void
cfd_file_checks_free (CfdFileChecks *self)
{
  if (self->worker != NULL)
    cfd_file_checks_stop (self);
  g_ptr_array_unref (self->later);
  g_strfreev (self->types);
  g_free (self->folder);
  g_free (self->clamd);
  g_free (self->program);
  g_free (self);
}
