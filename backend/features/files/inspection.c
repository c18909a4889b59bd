/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inspection.h"

#include "clean-image.h"
#include "photo.h"
#include "protocol/error.h"

#include <errno.h>
#include <magic.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#define MEMORY_MAX (1024L * 1024 * 1024)
#define CPU_SECONDS 30
#define OUTPUT_MAX (256L * 1024 * 1024)
#define OUT_FD 3
#define MAX_LINES 4
#define PHOTO_QUALITY 85

typedef struct
{
  const char *media_type;
  GBytes *(*clean) (GBytes *image, guint *width, guint *height, GError **error);
  gboolean (*decode) (GBytes *image, CfdPixels *pixels, GError **error);
} Cleaner;

static const Cleaner cleaners[] = {
  { "image/jpeg", cfd_clean_jpeg, cfd_decode_jpeg },
  { "image/png", cfd_clean_png, cfd_decode_png },
  { "image/webp", cfd_clean_webp, cfd_decode_webp },
  { "image/gif", cfd_clean_gif, cfd_decode_gif },
};

static void
limit (int resource, rlim_t value)
{
  const struct rlimit both = { value, value };

  setrlimit (resource, &both);
}

/* From here on a mistake in a decoder can cost this process and no more. */
static void
confine (void)
{
#ifndef __SANITIZE_ADDRESS__ /* which keeps terabytes of addresses */
  limit (RLIMIT_AS, MEMORY_MAX);
#endif
  limit (RLIMIT_CPU, CPU_SECONDS);
  limit (RLIMIT_FSIZE, OUTPUT_MAX);
  limit (RLIMIT_CORE, 0);
  limit (RLIMIT_NPROC, 0);
  limit (RLIMIT_NOFILE, OUT_FD + 1); /* no socket, no file besides those that are open */
  prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
}

static gboolean
write_all (int fd, GBytes *bytes, GError **error)
{
  gsize length, at = 0;
  const char *data = g_bytes_get_data (bytes, &length);

  while (at < length)
    {
      gssize n = write (fd, data + at, length - at);

      if (n > 0)
        at += n;
      else if (errno != EINTR)
        {
          g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "cannot write the picture: %s", g_strerror (errno));
          return FALSE;
        }
    }
  return TRUE;
}

static GBytes *
make_photo (const Cleaner *cleaner, GBytes *image, guint *width, guint *height, GError **error)
{
  g_auto (CfdPixels) pixels = { 0 }, photo = { 0 };

  if (!cleaner->decode (image, &pixels, error) || !cfd_photo_square (&pixels, &photo, error))
    return NULL;
  *width = photo.width;
  *height = photo.height;
  return cfd_encode_jpeg (&photo, PHOTO_QUALITY, error);
}

static gboolean
clean (const Cleaner *cleaner, CfdInspectionUse use, GBytes *bytes, int out, GError **error)
{
  g_autoptr (GError) problem = NULL;
  guint width = 0, height = 0;
  g_autoptr (GBytes) image = use == CFD_INSPECTION_PHOTO ? make_photo (cleaner, bytes, &width, &height, &problem)
                                                         : cleaner->clean (bytes, &width, &height, &problem);

  if (image == NULL)
    {
      printf ("problem %s\n", problem->message);
      return TRUE;
    }
  if (!write_all (out, image, error))
    return FALSE;
  printf ("clean %u %u\n", width, height);
  return TRUE;
}

/**
 * cfd_inspection_print:
 * @in: the file
 * @out: where a picture goes that is made anew
 *
 * Says on standard output what the content is. Confines the process first, for good.
 */
gboolean
cfd_inspection_print (CfdInspectionUse use, int in, int out, GError **error)
{
  magic_t magic = magic_open (MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF);
  g_autoptr (GMappedFile) map = g_mapped_file_new_from_fd (in, FALSE, error);
  g_autoptr (GBytes) bytes = map != NULL ? g_mapped_file_get_bytes (map) : NULL;
  const char *type;
  gsize length;
  const void *data;
  gboolean good = TRUE;

  if (bytes == NULL || magic == NULL || magic_load (magic, NULL) != 0)
    {
      if (bytes != NULL)
        g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "libmagic has no database");
      return FALSE;
    }
  confine ();
  data = g_bytes_get_data (bytes, &length);
  type = magic_buffer (magic, data, length);
  printf ("type %s\n", type != NULL ? type : "application/octet-stream");
  for (guint i = 0; type != NULL && i < G_N_ELEMENTS (cleaners); i++)
    if (strcmp (cleaners[i].media_type, type) == 0)
      good = clean (&cleaners[i], use, bytes, out, error);
  magic_close (magic);
  return good && fflush (stdout) == 0;
}

static gboolean
take_line (const char *line, CfdInspection *result)
{
  if (g_str_has_prefix (line, "type "))
    return g_strlcpy (result->media_type, line + strlen ("type "), sizeof result->media_type) < sizeof result->media_type;
  if (g_str_has_prefix (line, "problem "))
    return g_strlcpy (result->problem, line + strlen ("problem "), sizeof result->problem) > 0;
  result->cleaned = sscanf (line, "clean %5u %5u", &result->width, &result->height) == 2;
  return result->cleaned;
}

/**
 * cfd_inspection_parse:
 * @text: what the process has said; it may have been taken over by what it looked at
 */
gboolean
cfd_inspection_parse (const char *text, CfdInspection *result)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", MAX_LINES);

  *result = (CfdInspection) { 0 };
  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '\0' && !take_line (lines[i], result))
      return FALSE;
  for (char *p = result->media_type; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("/+.-_", *p) == NULL)
      return FALSE;
  for (char *p = result->problem; *p != '\0'; p++)
    if (!g_ascii_isprint (*p))
      *p = '?';
  return strchr (result->media_type, '/') != NULL;
}

/**
 * cfd_inspection_run:
 * @program: chatflowd
 * @in: (transfer full): the file
 * @out: (transfer full): where a picture goes that is made anew
 *
 * Looks into a file by a process of its own. Waits; not on the main loop.
 *
 * Returns: FALSE with CF_ERROR_UNAVAILABLE when that could not be done now, CF_ERROR_INVALID when the file has brought the process down
 */
gboolean
cfd_inspection_run (const char *program, CfdInspectionUse use, int in, int out, CfdInspection *result, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *text = NULL;

  g_subprocess_launcher_take_stdin_fd (launcher, in);
  g_subprocess_launcher_take_fd (launcher, out, OUT_FD);
  process = g_subprocess_launcher_spawn (launcher, error, program, "inspect-file", use == CFD_INSPECTION_PHOTO ? "--photo" : NULL, NULL);
  if (process == NULL || !g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, error))
    {
      g_prefix_error (error, "cannot look into a file: ");
      return FALSE;
    }
  if (g_subprocess_get_successful (process) && cfd_inspection_parse (text, result))
    return TRUE;
  if (g_subprocess_get_if_exited (process) && g_subprocess_get_exit_status (process) == 1)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "a file could not be looked into");
  else
    g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "the file could not be decoded");
  return FALSE;
}
