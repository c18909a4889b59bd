/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cache.h"

#include "forgetting.h"
#include "jobs.h"
#include "watches.h"
#include "worker.h"

#include <glib/gstdio.h>

struct _CfaCache
{
  GObject parent_instance;
  char *path;
  char *agent_id;
  CfaWorker *worker;
  CfaForgetting *forgetting;
  gint64 applied; /* or on its way to the disk */
  gint64 epoch;   /* whose revision that is */
  gboolean first;
  GArray *watches; /* of CfaWatch */
};

G_DEFINE_FINAL_TYPE (CfaCache, cfa_cache, G_TYPE_OBJECT)

/* path -> CfaCache (not owned): a second session of this process for the same account shares the file */
static GHashTable *opened;

static CfaJobParams *
params_new (CfaCache *self)
{
  CfaJobParams *params = g_new0 (CfaJobParams, 1);

  params->agent_id = g_strdup (self->agent_id);
  params->watches = g_array_ref (self->watches);
  return params;
}

static void
submit (CfaCache *self, gboolean writes, CfaWork work, CfaJobParams *params, GDestroyNotify free_result,
        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  if (self->worker != NULL)
    {
      cfa_worker_submit (self->worker, writes, work, params, (GDestroyNotify) cfa_job_params_free, free_result, cancellable, callback, user_data);
      return;
    }
  cfa_job_params_free (params);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_return_new_error (task, CFA_CACHE_ERROR, CFA_CACHE_ERROR_FAILED, "the cache was erased");
}

/* What was asked before is done. */
static void
stop (CfaCache *self)
{
  if (self->forgetting != NULL)
    cfa_forgetting_stop (self->forgetting);
  g_clear_object (&self->forgetting);
  g_clear_pointer (&self->worker, cfa_worker_free);
}

static void
recall (CfaCache *self, const CfaProgress *progress)
{
  self->applied = progress->applied;
  self->epoch = progress->epoch;
  self->first = progress->first;
  if (progress->forgets && self->forgetting != NULL)
    cfa_forgetting_wake (self->forgetting);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CfaCache *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree CfaProgress *progress = g_task_propagate_pointer (G_TASK (result), &error);

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  recall (self, progress);
  if (opened == NULL)
    opened = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (opened, self->path, self);
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

static void
on_recalled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CfaCache *self = g_task_get_task_data (task);
  g_autofree CfaProgress *progress = g_task_propagate_pointer (G_TASK (result), NULL);

  if (progress != NULL)
    recall (self, progress);
  g_task_return_error (task, g_error_copy (g_object_get_data (G_OBJECT (task), "error")));
}

static void
on_changes_applied (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CfaCache *self = g_task_get_task_data (task);
  GError *error = NULL;
  CfaDelta *delta = g_task_propagate_pointer (G_TASK (result), &error);

  if (delta != NULL)
    {
      if (delta->forgets && self->forgetting != NULL)
        cfa_forgetting_wake (self->forgetting);
      g_task_return_pointer (task, delta, (GDestroyNotify) cfa_delta_free);
      return;
    }
  /* All that came after it fails too, as it has a hole before it. Where to go on from, the file alone knows: it may be a new one. */
  g_object_set_data_full (G_OBJECT (task), "error", error, (GDestroyNotify) g_error_free);
  submit (self, FALSE, cfa_job_progress, params_new (self), g_free, NULL, on_recalled, g_object_ref (task));
}

static void
on_answer_applied (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CfaCache *self = g_task_get_task_data (task);
  GError *error = NULL;
  CfaDelta *delta = g_task_propagate_pointer (G_TASK (result), &error);

  if (delta == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (delta->forgets && self->forgetting != NULL)
    cfa_forgetting_wake (self->forgetting);
  g_task_return_pointer (task, delta, (GDestroyNotify) cfa_delta_free);
}

static void
cfa_cache_finalize (GObject *object)
{
  CfaCache *self = CFA_CACHE (object);

  if (opened != NULL && g_hash_table_lookup (opened, self->path) == self)
    g_hash_table_remove (opened, self->path);
  stop (self);
  g_free (self->path);
  g_free (self->agent_id);
  g_array_unref (self->watches);
  G_OBJECT_CLASS (cfa_cache_parent_class)->finalize (object);
}

static void
cfa_cache_class_init (CfaCacheClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_cache_finalize;
}

static void
cfa_cache_init (CfaCache *self)
{
  self->watches = cfa_watches_new ();
}

/**
 * cfa_cache_path:
 * Returns: (transfer full): the file for one agent at one server, in the client's own part of the person's data folder; the daemon keeps its files beside it.
 */
char *
cfa_cache_path (const char *server, const char *agent_id)
{
  g_autofree char *account = g_strconcat (server, " ", agent_id, NULL);
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, account, -1);
  g_autofree char *file = g_strdup_printf ("%.32s.db", name);

  return g_build_filename (g_get_user_data_dir (), "chatflow", "client", "accounts", file, NULL);
}

void
cfa_cache_open_async (const char *server, const char *agent_id, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  g_autofree char *path = cfa_cache_path (server, agent_id);
  CfaCache *self = opened != NULL ? g_hash_table_lookup (opened, path) : NULL;
  CfaJobParams *params;

  if (self != NULL)
    {
      g_task_return_pointer (task, g_object_ref (self), g_object_unref);
      return;
    }
  self = g_object_new (CFA_TYPE_CACHE, NULL);
  self->path = g_steal_pointer (&path);
  self->agent_id = g_strdup (agent_id);
  self->worker = cfa_worker_new (self->path);
  self->forgetting = cfa_forgetting_new (self->worker);
  params = params_new (self);
  params->server = g_strdup (server);
  g_task_set_task_data (task, self, g_object_unref);
  submit (self, TRUE, cfa_job_open, params, g_free, NULL, on_opened, g_object_ref (task));
}

/**
 * cfa_cache_open_finish:
 * Returns: (transfer full): the cache; NULL with CFA_CACHE_ERROR_BUSY when another process uses it.
 */
CfaCache *
cfa_cache_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * cfa_cache_get_applied:
 * Returns: the highest revision that is applied or on its way to the disk; right when all calls of
 *   cfa_cache_apply_changes_async() succeed.
 */
gint64
cfa_cache_get_applied (CfaCache *self)
{
  return self->applied;
}

/**
 * cfa_cache_get_epoch:
 * Returns: the server's epoch that the revisions belong to; it goes with cfa_cache_get_applied().
 */
gint64
cfa_cache_get_epoch (CfaCache *self)
{
  return self->epoch;
}

/**
 * cfa_cache_get_first:
 * Returns: whether the bounded first copy, which began at revision 0, is not complete yet.
 */
gboolean
cfa_cache_get_first (CfaCache *self)
{
  return self->first;
}

/**
 * cfa_cache_erase:
 * Deletes the files. The last thing that may be done with a cache; waits for what is under way.
 */
void
cfa_cache_erase (CfaCache *self)
{
  static const char *const parts[] = { "", "-wal", "-shm", ".new", ".lock" };

  stop (self);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *path = g_strconcat (self->path, parts[i], NULL);

      g_unlink (path);
    }
  if (opened != NULL && g_hash_table_lookup (opened, self->path) == self)
    g_hash_table_remove (opened, self->path);
}

/**
 * cfa_cache_apply_changes_async:
 * @prev: the revision after which @records begin
 * @rev: the revision up to which they reach
 * @more: whether the server has another page behind them
 * @records: (nullable): of CfRecord
 *
 * Applies a piece of the stream and moves `applied`, in one transaction. Ends with CFA_CACHE_ERROR_HOLE when something before
 * it is missing.
 */
void
cfa_cache_apply_changes_async (CfaCache *self, gint64 prev, gint64 rev, gboolean more, GPtrArray *records,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  CfaJobParams *params = params_new (self);
  GTask *task;

  params->in_stream = TRUE;
  params->prev = prev;
  params->rev = rev;
  params->more = more;
  params->records = records != NULL ? g_ptr_array_ref (records) : NULL;
  self->applied = MAX (self->applied, rev);
  self->first = self->first && more;
  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_task_data (task, g_object_ref (self), g_object_unref);
  submit (self, TRUE, cfa_job_apply, params, (GDestroyNotify) cfa_delta_free, NULL, on_changes_applied, task);
}

/**
 * cfa_cache_apply_answer_async:
 * @records: (nullable): from the answer to any other call
 * @done: (nullable): id of the outbox row that this answers; it is removed in the same transaction
 * @complete: (nullable): id of a conversation of which nothing older exists
 */
void
cfa_cache_apply_answer_async (CfaCache *self, GPtrArray *records, const char *done, const char *complete,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  CfaJobParams *params = params_new (self);
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_task_data (task, g_object_ref (self), g_object_unref);
  params->records = records != NULL ? g_ptr_array_ref (records) : NULL;
  params->id = g_strdup (done);
  params->conversation_id = g_strdup (complete);
  submit (self, TRUE, cfa_job_apply, params, (GDestroyNotify) cfa_delta_free, NULL, on_answer_applied, task);
}

/**
 * cfa_cache_enqueue_async:
 * @row: not to be changed any more
 *
 * Puts a write into the outbox; when it ends, the write is on disk. Words take their draft and its files with them, a read
 * mark the marks that wait before it.
 */
void
cfa_cache_enqueue_async (CfaCache *self, CfaOutboxRow *row, GAsyncReadyCallback callback, gpointer user_data)
{
  CfaJobParams *params = params_new (self);

  params->row = cfa_outbox_row_ref (row);
  params->flag = cfa_outbox_row_has_words (row);
  submit (self, TRUE, cfa_job_enqueue, params, (GDestroyNotify) cfa_delta_free, NULL, callback, user_data);
}

/**
 * cfa_cache_mark_async:
 * @failed: whether the outbox row waits for the person now
 * @problem: (nullable): what to tell them
 */
void
cfa_cache_mark_async (CfaCache *self, const char *id, CfaRefusal failed, const char *problem,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  CfaJobParams *params = params_new (self);

  params->id = g_strdup (id);
  params->refusal = failed;
  params->text = g_strdup (problem);
  submit (self, TRUE, cfa_job_mark, params, (GDestroyNotify) cfa_delta_free, NULL, callback, user_data);
}

/**
 * cfa_cache_ripen_async:
 * @now: ms UTC
 *
 * Brings into the saved views whoever has come to wait long enough for them; cfa_cache_delta_finish() gives it.
 */
void
cfa_cache_ripen_async (CfaCache *self, gint64 now, GAsyncReadyCallback callback, gpointer user_data)
{
  CfaJobParams *params = params_new (self);

  params->before = now;
  submit (self, TRUE, cfa_job_ripen, params, (GDestroyNotify) cfa_delta_free, NULL, callback, user_data);
}

/**
 * cfa_cache_delta_finish:
 * Returns: (transfer full): what has changed, or NULL with @error: then nothing has.
 */
CfaDelta *
cfa_cache_delta_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_draft_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_task_propagate_pointer (G_TASK (result), &error);
  if (error != NULL)
    g_warning ("a draft could not be kept: %s", error->message);
}

/**
 * cfa_cache_set_draft:
 * @text: (nullable): NULL or empty forgets it
 * @note: whether it is that of a staff note; that of an answer stands beside it
 */
void
cfa_cache_set_draft (CfaCache *self, const char *conversation_id, const char *text, gboolean note)
{
  CfaJobParams *params = params_new (self);

  params->conversation_id = g_strdup (conversation_id);
  params->text = g_strdup (text);
  params->flag = note;
  submit (self, TRUE, cfa_job_draft, params, NULL, NULL, on_draft_kept, NULL);
}

/**
 * cfa_cache_set_files:
 * @note: whether they are those of a staff note
 * @files: of CfaDraftFile, not to be changed any more: all that this draft has
 */
void
cfa_cache_set_files (CfaCache *self, const char *conversation_id, gboolean note, GPtrArray *files)
{
  CfaJobParams *params = params_new (self);

  params->conversation_id = g_strdup (conversation_id);
  params->flag = note;
  params->records = g_ptr_array_ref (files);
  submit (self, TRUE, cfa_job_set_files, params, NULL, NULL, on_draft_kept, NULL);
}

/**
 * cfa_cache_files_async:
 * Gives an array of CfaDraftFile: the files of all drafts, each draft's in their order.
 */
void
cfa_cache_files_async (CfaCache *self, GAsyncReadyCallback callback, gpointer user_data)
{
  submit (self, FALSE, cfa_job_files, params_new (self), (GDestroyNotify) g_ptr_array_unref, NULL, callback, user_data);
}

/**
 * cfa_cache_reset_async:
 * @epoch: the server's, for what comes from now on
 *
 * Forgets the copy of the server's records, so that it is fetched anew; what the person wrote stays.
 */
void
cfa_cache_reset_async (CfaCache *self, gint64 epoch, GAsyncReadyCallback callback, gpointer user_data)
{
  CfaJobParams *params = params_new (self);

  params->rev = epoch;
  self->applied = 0;
  self->epoch = epoch;
  self->first = TRUE;
  submit (self, TRUE, cfa_job_reset, params, NULL, NULL, callback, user_data);
  if (self->forgetting != NULL)
    cfa_forgetting_wake (self->forgetting);
}

gboolean
cfa_cache_reset_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}

/* What the writes that follow tell of. */
static void
set_watches (CfaCache *self, GArray *watches)
{
  g_array_unref (self->watches);
  self->watches = watches;
}

/**
 * cfa_cache_watch:
 * From the next call on, each write tells what it moves in that list.
 */
void
cfa_cache_watch (CfaCache *self, const char *folder, CfaOrder order)
{
  set_watches (self, cfa_watches_with (self->watches, folder, order));
}

/**
 * cfa_cache_unwatch:
 * Ends what cfa_cache_watch() began.
 */
void
cfa_cache_unwatch (CfaCache *self, const char *folder, CfaOrder order)
{
  set_watches (self, cfa_watches_less (self->watches, folder, order));
}

/**
 * cfa_cache_slice_async:
 * @offset: the position of the first row that is wanted
 *
 * Reads a piece of a folder.
 */
void
cfa_cache_slice_async (CfaCache *self, const char *folder, CfaOrder order, guint offset, guint limit,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  CfaJobParams *params = params_new (self);

  params->folder = g_strdup (folder);
  params->order = order;
  params->offset = offset;
  params->limit = limit;
  submit (self, FALSE, cfa_job_slice, params, (GDestroyNotify) cfa_inbox_slice_free, NULL, callback, user_data);
}

CfaInboxSlice *
cfa_cache_slice_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * cfa_cache_spot_async:
 * Finds out where a conversation stands in a folder.
 */
void
cfa_cache_spot_async (CfaCache *self, const char *folder, CfaOrder order, const char *id,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  CfaJobParams *params = params_new (self);

  params->folder = g_strdup (folder);
  params->order = order;
  params->id = g_strdup (id);
  submit (self, FALSE, cfa_job_spot, params, g_free, NULL, callback, user_data);
}

/**
 * cfa_cache_spot_finish:
 * @places: (out): the number of the order that was looked at, see CfaDelta
 *
 * Returns: its position; -1 when it is not in that folder, or with @error.
 */
int
cfa_cache_spot_finish (GAsyncResult *result, gint64 *places, GError **error)
{
  g_autofree CfaSpot *spot = g_task_propagate_pointer (G_TASK (result), error);

  *places = spot != NULL ? spot->places : 0;
  return spot != NULL ? spot->position : -1;
}

/**
 * cfa_cache_counts_async:
 * Counts all folders.
 */
void
cfa_cache_counts_async (CfaCache *self, GAsyncReadyCallback callback, gpointer user_data)
{
  submit (self, FALSE, cfa_job_counts, params_new (self), (GDestroyNotify) g_hash_table_unref, NULL, callback, user_data);
}

/**
 * cfa_cache_counts_finish:
 * Returns: (transfer full): folder -> CfaCount; those without anything may be missing.
 */
GHashTable *
cfa_cache_counts_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * cfa_cache_team_unread_async:
 * Gives a table, by cfa_cache_counts_finish(): channel id -> GUINT_TO_POINTER of its unread messages.
 */
void
cfa_cache_team_unread_async (CfaCache *self, GAsyncReadyCallback callback, gpointer user_data)
{
  submit (self, FALSE, cfa_job_team_unread, params_new (self), (GDestroyNotify) g_hash_table_unref, NULL, callback, user_data);
}

/**
 * cfa_cache_next_unread_async:
 * @after: (nullable): id of the conversation below which to look first; then from the top
 */
void
cfa_cache_next_unread_async (CfaCache *self, const char *folder, const char *after, GAsyncReadyCallback callback, gpointer user_data)
{
  CfaJobParams *params = params_new (self);

  params->folder = g_strdup (folder);
  params->id = g_strdup (after);
  submit (self, FALSE, cfa_job_next_unread, params, (GDestroyNotify) cfa_conversation_row_free, NULL, callback, user_data);
}

/**
 * cfa_cache_row_async:
 * @id: of a conversation, which need not be there; cfa_cache_row_finish() gives it
 */
void
cfa_cache_row_async (CfaCache *self, const char *id, GAsyncReadyCallback callback, gpointer user_data)
{
  CfaJobParams *params = params_new (self);

  params->id = g_strdup (id);
  submit (self, FALSE, cfa_job_row, params, (GDestroyNotify) cfa_conversation_row_free, NULL, callback, user_data);
}

/**
 * cfa_cache_waiting_async:
 * Gives an array of CfaConversationRow: open ones, this agent's or nobody's, that have been waiting for an answer since a time in
 * (@after, @until], ms UTC; longest first.
 */
void
cfa_cache_waiting_async (CfaCache *self, gint64 after, gint64 until, guint limit, GAsyncReadyCallback callback, gpointer user_data)
{
  CfaJobParams *params = params_new (self);

  params->prev = after;
  params->before = until;
  params->limit = limit;
  submit (self, FALSE, cfa_job_waiting, params, (GDestroyNotify) g_ptr_array_unref, NULL, callback, user_data);
}

/**
 * cfa_cache_of_visitor_async:
 * Gives an array of CfaConversationRow: that visitor's open ones that are assigned to this agent.
 */
void
cfa_cache_of_visitor_async (CfaCache *self, const char *visitor_id, guint limit, GAsyncReadyCallback callback, gpointer user_data)
{
  CfaJobParams *params = params_new (self);

  params->id = g_strdup (visitor_id);
  params->limit = limit;
  submit (self, FALSE, cfa_job_of_visitor, params, (GDestroyNotify) g_ptr_array_unref, NULL, callback, user_data);
}

/**
 * cfa_cache_visitor_async:
 * Gives an array of CfVisitor: who is shown for the visitor, then those who were merged into them; empty when they are not known.
 */
void
cfa_cache_visitor_async (CfaCache *self, const char *id, GAsyncReadyCallback callback, gpointer user_data)
{
  CfaJobParams *params = params_new (self);

  params->id = g_strdup (id);
  submit (self, FALSE, cfa_job_visitor, params, (GDestroyNotify) g_ptr_array_unref, NULL, callback, user_data);
}

/**
 * cfa_cache_past_async:
 * Gives an array of CfConversation, the newest first.
 */
void
cfa_cache_past_async (CfaCache *self, const char *visitor_id, guint limit, GAsyncReadyCallback callback, gpointer user_data)
{
  CfaJobParams *params = params_new (self);

  params->id = g_strdup (visitor_id);
  params->limit = limit;
  submit (self, FALSE, cfa_job_past, params, (GDestroyNotify) g_ptr_array_unref, NULL, callback, user_data);
}

/**
 * cfa_cache_row_finish:
 * Returns: (transfer full) (nullable): the conversation; NULL without @error when there is none.
 */
CfaConversationRow *
cfa_cache_row_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * cfa_cache_outbox_async:
 * Gives an array of CfaOutboxRow in the order in which they were made.
 */
void
cfa_cache_outbox_async (CfaCache *self, GAsyncReadyCallback callback, gpointer user_data)
{
  submit (self, FALSE, cfa_job_outbox, params_new (self), (GDestroyNotify) g_ptr_array_unref, NULL, callback, user_data);
}

/**
 * cfa_cache_records_async:
 * Gives an array of CfRecord: all of @shape, for what a team has few of.
 */
void
cfa_cache_records_async (CfaCache *self, const CfShape *shape, GAsyncReadyCallback callback, gpointer user_data)
{
  CfaJobParams *params = params_new (self);

  params->shape = shape;
  submit (self, FALSE, cfa_job_records, params, (GDestroyNotify) g_ptr_array_unref, NULL, callback, user_data);
}

/**
 * cfa_cache_record_async:
 * Gives an array of one CfRecord, or of none.
 */
void
cfa_cache_record_async (CfaCache *self, const CfShape *shape, const char *id, GAsyncReadyCallback callback, gpointer user_data)
{
  CfaJobParams *params = params_new (self);

  params->shape = shape;
  params->id = g_strdup (id);
  submit (self, FALSE, cfa_job_record, params, (GDestroyNotify) g_ptr_array_unref, NULL, callback, user_data);
}

/**
 * cfa_cache_search_async:
 * @search: not to be changed any more
 * @people: whether visitors are looked for too
 * @limit: hits of each kind
 * @cancellable: stops it also where it is under way
 */
void
cfa_cache_search_async (CfaCache *self, CfSearchMessagesParams *search, gboolean people, guint limit, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  CfaJobParams *params = params_new (self);

  params->search = cf_struct_ref (search);
  params->flag = people;
  params->limit = limit;
  params->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  submit (self, FALSE, cfa_job_search, params, cf_struct_unref, cancellable, callback, user_data);
}

/**
 * cfa_cache_search_finish:
 * Returns: (transfer full): see cfa_search_store_find().
 */
CfSearchResult *
cfa_cache_search_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

GPtrArray *
cfa_cache_array_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * cfa_cache_messages_async:
 * @shape: of messages, or of team messages
 * @before_position: and @before_id: the message above which to read; G_MAXINT64 and "" begin with the newest
 */
void
cfa_cache_messages_async (CfaCache *self, const CfShape *shape, const char *conversation_id, gint64 before_position,
                          const char *before_id, guint limit, GAsyncReadyCallback callback, gpointer user_data)
{
  CfaJobParams *params = params_new (self);

  params->shape = shape;
  params->conversation_id = g_strdup (conversation_id);
  params->before = before_position;
  params->id = g_strdup (before_id);
  params->limit = limit;
  submit (self, FALSE, cfa_job_messages, params, (GDestroyNotify) cfa_messages_page_free, NULL, callback, user_data);
}

CfaMessagesPage *
cfa_cache_messages_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
