/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "static-files.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_BYTES_MAX (8 * 1024 * 1024)
#define FILES_MAX 512

typedef struct
{
  const char *suffix;
  const char *type;
} Type;

typedef struct
{
  GBytes *bytes;
  char *etag;
  gint64 changed; /* of the file, so that a new build is noticed */
  gint64 size;
} File;

struct _CfdStaticFiles
{
  char *folder;
  GHashTable *files; /* path -> File */
};

static const Type types[] = {
  { ".js", "text/javascript; charset=utf-8" },
  { ".mjs", "text/javascript; charset=utf-8" },
  { ".css", "text/css; charset=utf-8" },
  { ".html", "text/html; charset=utf-8" },
  { ".json", "application/json" },
  { ".map", "application/json" },
  { ".svg", "image/svg+xml" },
  { ".png", "image/png" },
  { ".webp", "image/webp" },
  { ".woff2", "font/woff2" },
  { ".mp3", "audio/mpeg" },
  { ".ogg", "audio/ogg" },
  { ".txt", "text/plain; charset=utf-8" },
};

static void
free_file (gpointer data)
{
  File *file = data;

  g_bytes_unref (file->bytes);
  g_free (file->etag);
  g_free (file);
}

static const char *
type_of (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_has_suffix (path, types[i].suffix))
      return types[i].type;
  return NULL;
}

/* Plain names only, none of them hidden: so there is no way up, and none around through odd characters. */
static gboolean
is_plain (const char *path)
{
  gboolean start = TRUE;

  for (const char *p = path; *p != '\0'; p++)
    {
      if (start && (*p == '.' || *p == '/'))
        return FALSE;
      if (*p != '/' && !g_ascii_isalnum (*p) && strchr ("._-", *p) == NULL)
        return FALSE;
      start = *p == '/';
    }
  return !start;
}

/* Reads the whole of a regular file, which is no link. */
static GBytes *
read_file (const char *name, struct stat *info)
{
  int fd = g_open (name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0);
  g_autofree char *bytes = NULL;
  gssize got;
  gsize length = 0;

  if (fd < 0)
    return NULL;
  if (fstat (fd, info) == 0 && S_ISREG (info->st_mode) && info->st_size <= FILE_BYTES_MAX)
    {
      bytes = g_malloc (info->st_size + 1);
      while (length < (gsize) info->st_size && (got = read (fd, bytes + length, info->st_size - length)) != 0)
        {
          if (got < 0 && errno != EINTR)
            break;
          length += MAX (got, 0);
        }
    }
  close (fd);
  return bytes != NULL && length == (gsize) info->st_size ? g_bytes_new_take (g_steal_pointer (&bytes), length) : NULL;
}

static gint64
time_of (const struct stat *info)
{
  return (gint64) info->st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + info->st_mtim.tv_nsec;
}

static File *
load (CfdStaticFiles *self, const char *path, const char *name)
{
  struct stat info;
  g_autoptr (GBytes) bytes = read_file (name, &info);
  g_autofree char *hash = NULL;
  File *file;

  if (bytes == NULL)
    return NULL;
  if (g_hash_table_size (self->files) >= FILES_MAX)
    g_hash_table_remove_all (self->files);
  hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  file = g_new0 (File, 1);
  file->bytes = g_steal_pointer (&bytes);
  file->etag = g_strdup_printf ("\"%.24s\"", hash);
  file->changed = time_of (&info);
  file->size = info.st_size;
  g_hash_table_replace (self->files, g_strdup (path), file);
  return file;
}

static const File *
find (CfdStaticFiles *self, const char *path)
{
  g_autofree char *name = g_build_filename (self->folder, path, NULL);
  File *file = g_hash_table_lookup (self->files, path);
  struct stat info;

  if (lstat (name, &info) != 0 || !S_ISREG (info.st_mode))
    {
      g_hash_table_remove (self->files, path);
      return NULL;
    }
  if (file != NULL && file->changed == time_of (&info) && file->size == info.st_size)
    return file;
  return load (self, path, name);
}

static gboolean
takes_gzip (CfdRequest *request)
{
  const char *header = cfd_request_get_header (request, "Accept-Encoding");
  g_auto (GStrv) codings = g_strsplit (header != NULL ? header : "", ",", -1);

  for (char **coding = codings; *coding != NULL; coding++)
    {
      g_auto (GStrv) parts = g_strsplit (*coding, ";", 2);

      if (parts[0] == NULL || g_ascii_strcasecmp (g_strstrip (parts[0]), "gzip") != 0)
        continue;
      /* "gzip;q=0" means: anything but that */
      return parts[1] == NULL || !g_str_has_prefix (g_strstrip (parts[1]), "q=0") || strpbrk (parts[1] + 3, "123456789") != NULL;
    }
  return FALSE;
}

static gboolean
knows (CfdRequest *request, const char *etag)
{
  const char *header = cfd_request_get_header (request, "If-None-Match");

  return header != NULL && (strstr (header, etag) != NULL || g_str_equal (header, "*"));
}

CfdStaticFiles *
cfd_static_files_new (const char *folder)
{
  CfdStaticFiles *self = g_new0 (CfdStaticFiles, 1);

  self->folder = g_strdup (folder);
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_file);
  return self;
}

/**
 * cfd_static_files_respond:
 * @path: below the folder, without a leading slash
 *
 * Answers with the file, or its "PATH.gz" where there is one and the client takes it; any page may load it.
 * Returns: FALSE when there is no such file; the request is then still to be answered
 */
gboolean
cfd_static_files_respond (CfdStaticFiles *self, CfdRequest *request, const char *path, const char *cache_control)
{
  const char *type = type_of (path);
  const File *file = type != NULL && is_plain (path) ? find (self, path) : NULL;
  g_autofree char *packed_path = g_strconcat (path, ".gz", NULL);
  const File *packed;
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);

  if (file == NULL)
    return FALSE;
  packed = takes_gzip (request) ? find (self, packed_path) : NULL;
  /* Reading the packed file may have emptied the cache. */
  file = packed != NULL ? packed : find (self, path);
  if (file == NULL)
    return FALSE;
  cfd_request_add_header (request, "ETag", file->etag);
  cfd_request_add_header (request, "Cache-Control", cache_control);
  cfd_request_add_header (request, "Vary", "Accept-Encoding");
  cfd_request_add_header (request, "Access-Control-Allow-Origin", "*");
  cfd_request_add_header (request, "Cross-Origin-Resource-Policy", "cross-origin");
  cfd_request_add_header (request, "X-Content-Type-Options", "nosniff");
  if (knows (request, file->etag))
    {
      cfd_request_respond (request, 304, NULL, nothing);
      return TRUE;
    }
  if (packed != NULL)
    cfd_request_add_header (request, "Content-Encoding", "gzip");
  cfd_request_respond (request, 200, type, file->bytes);
  return TRUE;
}

void
cfd_static_files_free (CfdStaticFiles *self)
{
  g_hash_table_unref (self->files);
  g_free (self->folder);
  g_free (self);
}
