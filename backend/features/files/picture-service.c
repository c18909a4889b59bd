/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memfd_create */
#include "picture-service.h"

#include "inspection.h"
#include "protocol/error.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#define MADE_MAX (256 * 1024)

/* Set once, before the server accepts calls. */
static char *inspector;

static int
fail_memory (GError **error)
{
  g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "cannot look into a picture: %s", g_strerror (errno));
  return -1;
}

/* Returns: a descriptor of @bytes, which no disk has; -1 with an error */
static int
memory_new (const guint8 *bytes, gsize length, GError **error)
{
  int fd = memfd_create ("photo", MFD_CLOEXEC);

  if (fd >= 0 && write (fd, bytes, length) == (gssize) length && lseek (fd, 0, SEEK_SET) == 0)
    return fd;
  fail_memory (error);
  if (fd >= 0)
    close (fd);
  return -1;
}

/* @in, @out: (transfer full). Returns: whether there is a picture in @out now */
static gboolean
look_into (int in, int out, GError **error)
{
  CfdInspection seen;

  if (!cfd_inspection_run (inspector, CFD_INSPECTION_PHOTO, in, out, &seen, error))
    return FALSE;
  if (seen.cleaned)
    return TRUE;
  if (seen.problem[0] != '\0')
    g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "picture: %s", seen.problem);
  else
    g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "picture: got %s, expected a JPEG, PNG, WebP or GIF", seen.media_type);
  return FALSE;
}

/* What the other process has written, which may have been taken over by what it looked at. */
static GBytes *
read_made (int fd, GError **error)
{
  g_autoptr (GMappedFile) map = g_mapped_file_new_from_fd (fd, FALSE, error);

  if (map == NULL || g_mapped_file_get_length (map) <= MADE_MAX)
    return map != NULL ? g_mapped_file_get_bytes (map) : NULL;
  g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "picture: could not be made small");
  return NULL;
}

/**
 * cfd_pictures_configure:
 * @program: (nullable): chatflowd, which looks into pictures in a process of its own; NULL: none is taken
 *
 * Called once, before the server accepts calls.
 */
void
cfd_pictures_configure (const char *program)
{
  g_free (inspector);
  inspector = g_strdup (program);
}

/**
 * cfd_pictures_square:
 * @bytes: a picture, or what somebody says is one
 *
 * Waits for another process; not on the main loop.
 *
 * Returns: (transfer full): the middle of it as a small square JPEG, upright, made anew; NULL with CF_ERROR_INVALID that says what is wrong with it
 */
GBytes *
cfd_pictures_square (const guint8 *bytes, gsize length, GError **error)
{
  int in, out, mine;
  GBytes *made = NULL;

  if (inspector == NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "this server takes no pictures now");
      return NULL;
    }
  if ((in = memory_new (bytes, length, error)) < 0)
    return NULL;
  if ((out = memory_new (NULL, 0, error)) < 0 || (mine = dup (out)) < 0)
    {
      if (out >= 0)
        {
          fail_memory (error);
          close (out);
        }
      close (in);
      return NULL;
    }
  if (look_into (in, out, error))
    made = read_made (mine, error);
  close (mine);
  return made;
}
