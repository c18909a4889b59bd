/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-loader.h"

typedef struct
{
  char *path;
  int width, height;
} Wish;

static void
wish_free (Wish *wish)
{
  g_free (wish->path);
  g_free (wish);
}

static void
load (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Wish *wish = data;
  GError *error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_file_at_scale (wish->path, wish->width, wish->height, TRUE, &error);

  if (pixbuf != NULL)
    g_task_return_pointer (task, gdk_texture_new_for_pixbuf (pixbuf), g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * cfa_picture_load_async:
 * @width: and @height: pixels that it may have at most
 */
void
cfa_picture_load_async (const char *path, int width, int height, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Wish *wish = g_new0 (Wish, 1);

  wish->path = g_strdup (path);
  wish->width = width;
  wish->height = height;
  g_task_set_task_data (task, wish, (GDestroyNotify) wish_free);
  g_task_run_in_thread (task, load);
}

/**
 * cfa_picture_load_finish:
 * Returns: (transfer full): the picture, or NULL when it cannot be decoded here
 */
GdkPaintable *
cfa_picture_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
