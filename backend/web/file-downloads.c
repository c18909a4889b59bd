/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file-downloads.h"

#include "backend/features/files/file-folder.h"
#include "backend/features/files/file-service.h"
#include "backend/features/files/file.h"
#include "backend/rpc/problem.h"
#include "backend/transport/byte-range.h"
#include "protocol/id.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

struct _CfdFileDownloads
{
  CfdDb *db;
  char *folder;
};

typedef struct
{
  CfdFileDownloads *downloads;
  CfdRequest *request;
  char *id, *proof;
  CfFile *file;
  gint64 expires_at, now;
  guint64 size;
  int fd;
} Download;

static void
not_found (CfdRequest *request)
{
  cfd_problem_respond_status (request, 404, CF_ERROR_NOT_FOUND, "there is no file at this address, or not any more", 0);
}

static void
forget (Download *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_clear_pointer (&self->file, cf_struct_unref);
  self->fd = -1;
}

/* On a database thread: the file is opened here, and the system begins to read it, so that the main loop need not wait for the disk. */
static gboolean
find_work (CfdTx *tx, gpointer data, GError **error)
{
  Download *self = data;
  struct stat info;

  forget (self);
  self->now = cfd_tx_now (tx);
  self->file = cfd_files_download (tx, self->id, self->proof, &self->expires_at, error);
  if (self->file == NULL)
    return FALSE;
  self->fd = cfd_file_folder_open (self->downloads->folder, self->id);
  if (self->fd < 0 || fstat (self->fd, &info) != 0 || !S_ISREG (info.st_mode) || info.st_size == 0)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_NOT_FOUND, "the content of this file was lost");
      return FALSE;
    }
  self->size = info.st_size;
  posix_fadvise (self->fd, 0, 0, POSIX_FADV_WILLNEED);
  return TRUE;
}

/* What a stranger has made is shown without any right, and is never taken for something else. */
static void
add_headers (Download *self, gboolean is_inline)
{
  g_autofree char *disposition = cfd_file_disposition (self->file->name, is_inline);
  g_autofree char *cache = g_strdup_printf ("private, max-age=%" G_GINT64_FORMAT, MAX ((self->expires_at - self->now) / 1000, 0));

  cfd_request_add_header (self->request, "Content-Disposition", disposition);
  cfd_request_add_header (self->request, "Content-Security-Policy", "default-src 'none'; sandbox");
  cfd_request_add_header (self->request, "X-Content-Type-Options", "nosniff");
  cfd_request_add_header (self->request, "Cross-Origin-Resource-Policy", "cross-origin");
  cfd_request_add_header (self->request, "Referrer-Policy", "no-referrer");
  cfd_request_add_header (self->request, "Accept-Ranges", "bytes");
  cfd_request_add_header (self->request, "Cache-Control", cache);
}

static int
take_fd (Download *self)
{
  int fd = self->fd;

  self->fd = -1;
  return fd;
}

static void
respond (Download *self)
{
  guint64 first = 0, length = self->size;
  CfdRange range = cfd_byte_range_wanted (cfd_request_get_header (self->request, "Range"), self->size, &first, &length);
  g_autofree char *text = NULL;
  gboolean is_inline;
  const char *type = cfd_file_served_type (self->file->media_type, &is_inline);

  if (range == CFD_RANGE_NONE)
    {
      text = g_strdup_printf ("bytes */%" G_GUINT64_FORMAT, self->size);
      cfd_request_add_header (self->request, "Content-Range", text);
      cfd_problem_respond_status (self->request, 416, CF_ERROR_INVALID, "Range: there is nothing there", 0);
      return;
    }
  add_headers (self, is_inline);
  if (range == CFD_RANGE_PART)
    {
      text = g_strdup_printf ("bytes %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT, first, first + length - 1, self->size);
      cfd_request_add_header (self->request, "Content-Range", text);
    }
  cfd_request_respond_file (self->request, range == CFD_RANGE_PART ? 206 : 200, type, take_fd (self), first, length);
}

static void
found (gpointer data, const GError *error)
{
  Download *self = data;

  if (error == NULL)
    respond (self);
  else if (g_error_matches (error, CF_ERROR, CF_ERROR_NOT_FOUND))
    not_found (self->request);
  else
    cfd_problem_respond_status (self->request, 503, CF_ERROR_UNAVAILABLE, "the file cannot be read now", 1000);
  forget (self);
  g_free (self->id);
  g_free (self->proof);
  g_free (self);
}

CfdFileDownloads *
cfd_file_downloads_new (CfdDb *db, const char *folder)
{
  CfdFileDownloads *self = g_new0 (CfdFileDownloads, 1);

  self->db = db;
  self->folder = g_strdup (folder);
  return self;
}

/**
 * cfd_file_downloads_request:
 * @request: GET or HEAD of /files/ID/PROOF/NAME; answered now or later
 *
 * Whatever is wrong with the address, the answer is the same.
 */
void
cfd_file_downloads_request (CfdFileDownloads *self, CfdRequest *request)
{
  g_auto (GStrv) parts = g_strsplit (cfd_request_get_path (request), "/", 6);
  Download *download;

  if (g_strv_length (parts) != 5 || !cf_id_is_valid (parts[2]))
    {
      not_found (request);
      return;
    }
  download = g_new0 (Download, 1);
  download->downloads = self;
  download->request = request;
  download->id = g_strdup (parts[2]);
  download->proof = g_strdup (parts[3]);
  download->fd = -1;
  cfd_db_submit (self->db, CFD_DB_READ, find_work, found, download);
}

void
cfd_file_downloads_free (CfdFileDownloads *self)
{
  g_free (self->folder);
  g_free (self);
}
