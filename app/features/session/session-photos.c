/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-private.h"

#include "app/features/files/file-cache.h"
#include "protocol/error.h"

#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

/* Each is in a folder of its own in the cache of files, called as the photo: what was not looked at for longest goes when that is full. */
#define NAME "photo.jpg"

typedef struct
{
  char *photo;
  char *path;
} Wish;

static void
wish_free (Wish *wish)
{
  g_free (wish->photo);
  g_free (wish->path);
  g_free (wish);
}

/* What the server calls it leads nowhere else. */
static gboolean
is_valid (const char *photo)
{
  return strlen (photo) == CF_AGENT_PHOTO_LENGTH && strspn (photo, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_") == CF_AGENT_PHOTO_LENGTH;
}

static void
look (GTask *worker, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Wish *wish = data;
  GStatBuf info;
  gboolean here = g_stat (wish->path, &info) == 0 && S_ISREG (info.st_mode);

  if (here)
    g_utime (wish->path, NULL); /* it is used: let others go first */
  g_task_return_boolean (worker, here);
}

static void
on_got (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Wish *wish = g_task_get_task_data (task);
  GError *error = NULL;

  if (cfa_transfer_get_finish (result, &error))
    g_task_return_pointer (task, g_steal_pointer (&wish->path), g_free);
  else
    g_task_return_error (task, error);
}

/* Nobody waits for so little to fill a bar. */
static void
on_progress (gint64 done, gpointer data)
{
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CfaSession *self = g_task_get_source_object (task);
  Wish *wish = g_task_get_task_data (task);
  g_autoptr (GFile) target = g_file_new_for_path (wish->path);
  g_autofree char *address = g_strconcat ("/photos/", wish->photo, NULL);

  if (g_task_propagate_boolean (G_TASK (result), NULL))
    g_task_return_pointer (task, g_steal_pointer (&wish->path), g_free);
  else if (self->transfer == NULL)
    g_task_return_new_error (task, CF_ERROR, CF_ERROR_UNAVAILABLE, "there is no connection");
  else
    cfa_transfer_get_async (self->transfer, address, target, on_progress, NULL, on_got, g_object_ref (task));
}

/**
 * cfa_session_fetch_photo_async:
 * @photo: as the agent's record calls it
 *
 * Brings it to this computer, unless it is here already.
 */
void
cfa_session_fetch_photo_async (CfaSession *self, const char *photo, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data), worker = NULL;
  g_autofree char *folder = self->account != NULL ? cfa_file_cache_folder (self->account->agent_id) : NULL;
  Wish *wish;

  if (folder == NULL || !is_valid (photo))
    {
      g_task_return_new_error (task, CF_ERROR, CF_ERROR_INVALID, "got the photo \"%s\", expected %d letters, digits, - and _", photo, CF_AGENT_PHOTO_LENGTH);
      return;
    }
  wish = g_new0 (Wish, 1);
  wish->photo = g_strdup (photo);
  wish->path = g_build_filename (folder, photo, NAME, NULL);
  g_task_set_task_data (task, wish, (GDestroyNotify) wish_free);
  worker = g_task_new (NULL, NULL, on_looked, g_object_ref (task));
  g_task_set_task_data (worker, wish, NULL);
  g_task_run_in_thread (worker, look);
}

/**
 * cfa_session_fetch_photo_finish:
 * Returns: (transfer full): the path of a picture; NULL with an error
 */
char *
cfa_session_fetch_photo_finish (CfaSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * cfa_session_forget_photo:
 * @photo: one that nobody has any more
 */
void
cfa_session_forget_photo (CfaSession *self, const char *photo)
{
  g_autofree char *folder = self->account != NULL ? cfa_file_cache_folder (self->account->agent_id) : NULL;

  if (folder != NULL && is_valid (photo))
    cfa_file_cache_forget (folder, photo);
}
