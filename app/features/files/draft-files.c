/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draft-files.h"

#include <glib/gstdio.h>

/* Behind the message that has taken them, which tells the cache so itself. */
#define SAVE_MS 200

struct _CfaDraftFiles
{
  GObject parent_instance;
  CfaCache *cache; /* (nullable): none after the end */
  CfaUploader *uploader;
  char *folder;
  GHashTable *dirty; /* of CfaUploadList: to be written down */
  GHashTable *kept;  /* id -> CfaUpload: those whose content is in the folder */
  gint64 kept_size;
  guint save_timer;
};

G_DEFINE_FINAL_TYPE (CfaDraftFiles, cfa_draft_files, G_TYPE_OBJECT)

static GFile *
place_of (CfaDraftFiles *self, const char *id)
{
  return g_file_new_build_filename (self->folder, id, NULL);
}

/* A thread's work: what no draft names any more is left from a crash. */
static void
sweep (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  char **keep = data;
  g_autoptr (GDir) folder = g_dir_open (keep[0], 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (keep[0], name, NULL);

      if (!g_strv_contains ((const char *const *) keep + 1, name))
        g_unlink (path);
    }
  g_rmdir (keep[0]); /* which is refused while something is in it */
  g_task_return_boolean (task, TRUE);
}

static void
sweep_all_but (const char *folder, const GPtrArray *files)
{
  g_autoptr (GStrvBuilder) keep = g_strv_builder_new ();
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_strv_builder_add (keep, folder);
  for (guint i = 0; files != NULL && i < files->len; i++)
    g_strv_builder_add (keep, ((CfaDraftFile *) files->pdata[i])->id);
  g_task_set_task_data (task, g_strv_builder_end (keep), (GDestroyNotify) g_strfreev);
  g_task_run_in_thread (task, sweep);
}

static gboolean
is_in_folder (CfaDraftFiles *self, const char *uri)
{
  g_autoptr (GFile) folder = g_file_new_for_path (self->folder), file = g_file_new_for_uri (uri);

  return g_file_has_prefix (file, folder);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaDraftFiles) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = cfa_cache_array_finish (result, &error);

  if (files == NULL)
    {
      g_message ("the files of drafts could not be read: %s", error->message);
      return;
    }
  if (self->cache == NULL)
    return;
  sweep_all_but (self->folder, files);
  for (guint i = 0; i < files->len; i++)
    {
      const CfaDraftFile *file = files->pdata[i];
      g_autoptr (GFile) place = file->uri != NULL ? g_file_new_for_uri (file->uri) : NULL;
      g_autoptr (CfaUpload) upload = cfa_upload_new_known (file->id, file->name, place, file->size);

      if (file->uri != NULL && is_in_folder (self, file->uri))
        {
          g_hash_table_insert (self->kept, g_strdup (file->id), g_object_ref (upload));
          self->kept_size += file->size;
        }
      cfa_uploader_resume (self->uploader, cfa_uploader_get_list (self->uploader, file->conversation_id, file->note), upload);
    }
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_message ("what was pasted could not be kept for a restart: %s", error->message);
}

/* What is in memory alone gets a place in the folder. */
static void
keep (CfaDraftFiles *self, CfaUpload *upload)
{
  GBytes *bytes = cfa_upload_get_bytes (upload);
  g_autoptr (GFile) place = NULL;

  if (bytes == NULL || g_hash_table_contains (self->kept, cfa_upload_get_id (upload))
      || self->kept_size + cfa_upload_get_size (upload) > CFA_DRAFT_FILES_MAX || g_mkdir_with_parents (self->folder, 0700) != 0)
    return;
  place = place_of (self, cfa_upload_get_id (upload));
  self->kept_size += cfa_upload_get_size (upload);
  g_hash_table_insert (self->kept, g_strdup (cfa_upload_get_id (upload)), g_object_ref (upload));
  g_file_replace_contents_bytes_async (place, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, on_kept, NULL);
}

static CfaDraftFile *
describe (CfaDraftFiles *self, CfaUpload *upload)
{
  const char *id = cfa_upload_get_id (upload);
  GFile *file = cfa_upload_get_file (upload);
  g_autoptr (GFile) kept = g_hash_table_contains (self->kept, id) ? place_of (self, id) : NULL;
  g_autofree char *uri = file != NULL ? g_file_get_uri (file) : kept != NULL ? g_file_get_uri (kept) : NULL;

  return cfa_draft_file_new (id, cfa_upload_get_name (upload), uri, cfa_upload_get_size (upload));
}

static void
save (CfaDraftFiles *self, CfaUploadList *list)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) cfa_draft_file_free);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (CfaUpload) upload = g_list_model_get_item (G_LIST_MODEL (list), i);
      CfaDraftFile *file;

      /* One that can never be sent is no loss. */
      if (cfa_upload_get_state (upload) == CFA_UPLOAD_FAILED && !cfa_upload_get_can_retry (upload))
        continue;
      file = describe (self, upload);
      file->conversation_id = g_strdup (cfa_upload_list_get_conversation (list));
      file->note = cfa_upload_list_get_note (list);
      g_ptr_array_add (files, file);
    }
  cfa_cache_set_files (self->cache, cfa_upload_list_get_conversation (list), cfa_upload_list_get_note (list), files);
}

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!g_file_delete_finish (G_FILE (source), result, &error) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_message ("a draft's file could not be removed: %s", error->message);
}

/* Those that are in no list any more. */
static void
let_go (CfaDraftFiles *self)
{
  GHashTableIter iter;
  gpointer id, upload;

  g_hash_table_iter_init (&iter, self->kept);
  while (g_hash_table_iter_next (&iter, &id, &upload))
    if (!cfa_uploader_has (self->uploader, upload) || !g_str_equal (id, cfa_upload_get_id (upload)))
      {
        g_autoptr (GFile) place = place_of (self, id);

        self->kept_size -= MAX (cfa_upload_get_size (upload), 0);
        g_file_delete_async (place, G_PRIORITY_LOW, NULL, on_deleted, NULL);
        g_hash_table_iter_remove (&iter);
      }
}

static gboolean
on_save (gpointer data)
{
  CfaDraftFiles *self = data;
  GHashTableIter iter;
  gpointer list;

  self->save_timer = 0;
  g_hash_table_iter_init (&iter, self->dirty);
  while (g_hash_table_iter_next (&iter, &list, NULL))
    save (self, list);
  g_hash_table_remove_all (self->dirty);
  let_go (self);
  return G_SOURCE_REMOVE;
}

static void
on_changed (CfaDraftFiles *self, CfaUploadList *list)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (CfaUpload) upload = g_list_model_get_item (G_LIST_MODEL (list), i);

      keep (self, upload);
    }
  g_hash_table_add (self->dirty, g_object_ref (list));
  if (self->save_timer == 0)
    self->save_timer = g_timeout_add (SAVE_MS, on_save, self);
}

static void
cfa_draft_files_dispose (GObject *object)
{
  cfa_draft_files_stop (CFA_DRAFT_FILES (object));
  G_OBJECT_CLASS (cfa_draft_files_parent_class)->dispose (object);
}

static void
cfa_draft_files_finalize (GObject *object)
{
  CfaDraftFiles *self = CFA_DRAFT_FILES (object);

  g_clear_object (&self->uploader);
  g_hash_table_unref (self->dirty);
  g_hash_table_unref (self->kept);
  g_free (self->folder);
  G_OBJECT_CLASS (cfa_draft_files_parent_class)->finalize (object);
}

static void
cfa_draft_files_class_init (CfaDraftFilesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_draft_files_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_draft_files_finalize;
}

static void
cfa_draft_files_init (CfaDraftFiles *self)
{
  self->dirty = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

/**
 * cfa_draft_files_new:
 * @uploader: into whose lists the files of an earlier run come
 * @folder: where what was pasted is kept
 */
CfaDraftFiles *
cfa_draft_files_new (CfaCache *cache, CfaUploader *uploader, const char *folder)
{
  CfaDraftFiles *self = g_object_new (CFA_TYPE_DRAFT_FILES, NULL);

  self->cache = g_object_ref (cache);
  self->uploader = g_object_ref (uploader);
  self->folder = g_strdup (folder);
  g_signal_connect_object (uploader, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  cfa_cache_files_async (cache, on_loaded, g_object_ref (self));
  return self;
}

/**
 * cfa_draft_files_stop:
 * Gives to the cache what was not given yet, and lets go of it.
 */
void
cfa_draft_files_stop (CfaDraftFiles *self)
{
  if (self->cache == NULL)
    return;
  if (self->save_timer != 0)
    {
      g_source_remove (self->save_timer);
      on_save (self);
    }
  g_signal_handlers_disconnect_by_data (self->uploader, self);
  g_clear_object (&self->cache);
}

/**
 * cfa_draft_files_folder:
 * Returns: (transfer full): where what this agent has pasted is kept until it is sent
 */
char *
cfa_draft_files_folder (const char *agent_id)
{
  return g_build_filename (g_get_user_cache_dir (), "chatflow", "drafts", agent_id, NULL);
}

/**
 * cfa_draft_files_erase:
 * Removes all of it, in its own time.
 */
void
cfa_draft_files_erase (const char *folder)
{
  sweep_all_but (folder, NULL);
}
