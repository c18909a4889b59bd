/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file-cache.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <utime.h>

/* A folder of one file. */
typedef struct
{
  char *folder, *path;
  gint64 size, used;
} Kept;

static void
kept_free (Kept *kept)
{
  g_free (kept->folder);
  g_free (kept->path);
  g_free (kept);
}

/* A name from elsewhere never leaves its folder, and hides nothing. */
static char *
safe_name (const char *name)
{
  char *safe = g_strdup (name != NULL ? name : "");

  g_strdelimit (safe, "/\\", '_');
  if (safe[0] == '.')
    safe[0] = '_';
  if (safe[0] != '\0')
    return safe;
  g_free (safe);
  return g_strdup ("file");
}

/**
 * cfa_file_cache_folder:
 * Returns: (transfer full): where what this agent has fetched is kept
 */
char *
cfa_file_cache_folder (const char *agent_id)
{
  return g_build_filename (g_get_user_cache_dir (), "chatflow", "files", agent_id, NULL);
}

/**
 * cfa_file_cache_place:
 * Returns: (transfer full): where the content of @record belongs
 */
GFile *
cfa_file_cache_place (const char *folder, const CfFile *record)
{
  g_autofree char *name = safe_name (record->name);

  return g_file_new_build_filename (folder, record->parent.id, name, NULL);
}

typedef struct
{
  char *path;
  gint64 size;
} Look;

static void
look_free (Look *look)
{
  g_free (look->path);
  g_free (look);
}

static void
look (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Look *place = data;
  GStatBuf info;

  if (g_stat (place->path, &info) != 0 || !S_ISREG (info.st_mode) || info.st_size != place->size)
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }
  g_utime (place->path, NULL); /* it is used: let others go first */
  g_task_return_pointer (task, g_strdup (place->path), g_free);
}

/**
 * cfa_file_cache_look_async:
 * Looks whether the content of @record is here, and whole.
 */
void
cfa_file_cache_look_async (const char *folder, const CfFile *record, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  g_autoptr (GFile) place = cfa_file_cache_place (folder, record);
  Look *data = g_new0 (Look, 1);

  data->path = g_file_get_path (place);
  data->size = record->size;
  g_task_set_task_data (task, data, (GDestroyNotify) look_free);
  g_task_run_in_thread (task, look);
}

/**
 * cfa_file_cache_look_finish:
 * Returns: (transfer full) (nullable): its path
 */
char *
cfa_file_cache_look_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static int
oldest_first (gconstpointer a, gconstpointer b)
{
  const Kept *left = *(Kept **) a, *right = *(Kept **) b;

  return left->used < right->used ? -1 : left->used > right->used;
}

static void
add_kept (GPtrArray *all, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      Kept *kept = g_new0 (Kept, 1);
      GStatBuf info;

      kept->folder = g_strdup (folder);
      kept->path = g_build_filename (folder, name, NULL);
      if (g_stat (kept->path, &info) == 0)
        {
          kept->size = info.st_size;
          kept->used = info.st_mtime;
        }
      g_ptr_array_add (all, kept);
    }
}

/**
 * cfa_file_cache_trim:
 * @most: bytes that may stay
 *
 * Removes what was not looked at for longest. On any thread but the main one.
 */
void
cfa_file_cache_trim (const char *folder, gint64 most)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) kept_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  gint64 sum = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      add_kept (all, path);
    }
  for (guint i = 0; i < all->len; i++)
    sum += ((Kept *) all->pdata[i])->size;
  g_ptr_array_sort (all, oldest_first);
  for (guint i = 0; i < all->len && sum > most; i++)
    {
      const Kept *kept = all->pdata[i];

      sum -= kept->size;
      g_unlink (kept->path);
      g_rmdir (kept->folder);
    }
}

static void
prune (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  cfa_file_cache_trim (data, CFA_FILE_CACHE_MAX);
  g_task_return_boolean (task, TRUE);
}

/**
 * cfa_file_cache_prune:
 * Keeps the folder below its limit, in its own time.
 */
void
cfa_file_cache_prune (const char *folder)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, g_strdup (folder), g_free);
  g_task_run_in_thread (task, prune);
}

static void
forget (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) kept_free);

  add_kept (kept, data);
  for (guint i = 0; i < kept->len; i++)
    g_unlink (((Kept *) kept->pdata[i])->path);
  g_rmdir (data);
  g_task_return_boolean (task, TRUE);
}

/**
 * cfa_file_cache_forget:
 * @id: of a file that is gone at the server
 *
 * Removes its content, in its own time.
 */
void
cfa_file_cache_forget (const char *folder, const char *id)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, g_build_filename (folder, id, NULL), g_free);
  g_task_run_in_thread (task, forget);
}

static void
erase (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  cfa_file_cache_trim (data, -1);
  g_rmdir (data);
  g_task_return_boolean (task, TRUE);
}

/**
 * cfa_file_cache_erase:
 * Removes all of it, in its own time.
 */
void
cfa_file_cache_erase (const char *folder)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, g_strdup (folder), g_free);
  g_task_run_in_thread (task, erase);
}
