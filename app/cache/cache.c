/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cache.h"

#include "conversation-store.h"
#include "outbox-store.h"
#include "record-store.h"
#include "revision.h"
#include "worker.h"

#include "protocol/records/agent.h"
#include "protocol/records/organisation.h"

#include <glib/gstdio.h>

struct _CfaCache
{
  GObject parent_instance;
  char *path;
  char *agent_id;
  CfaWorker *worker;
  gint64 applied; /* or on its way to the disk */
  gint64 epoch;   /* whose revision that is */
  gboolean first;
};

/* How far the copy of the server's records has got. */
typedef struct
{
  gint64 applied;
  gint64 epoch;
  gboolean first; /* the copy that began at 0 is not complete yet */
} Progress;

/* The parameters of any job: each uses what it needs. */
typedef struct
{
  char *server;
  char *agent_id;
  gboolean in_stream; /* the records are the revisions (prev, rev], and move `applied` */
  gboolean more;      /* and there is another page behind them */
  gint64 prev, rev;
  GPtrArray *records;
  char *id; /* of an outbox row, a conversation or a message, as the job says */
  char *conversation_id;
  char *text;
  gint64 before;
  guint limit;
  gboolean flag;
  CfaOutboxRow *row;
} Params;

G_DEFINE_FINAL_TYPE (CfaCache, cfa_cache, G_TYPE_OBJECT)

/* path -> CfaCache (not owned): a second session of this process for the same account shares the file */
static GHashTable *opened;

static void
params_free (Params *params)
{
  g_free (params->server);
  g_free (params->agent_id);
  g_clear_pointer (&params->records, g_ptr_array_unref);
  g_free (params->id);
  g_free (params->conversation_id);
  g_free (params->text);
  g_clear_pointer (&params->row, cfa_outbox_row_unref);
  g_free (params);
}

static Params *
params_new (CfaCache *self)
{
  Params *params = g_new0 (Params, 1);

  params->agent_id = g_strdup (self->agent_id);
  return params;
}

static void
submit (CfaCache *self, gboolean writes, CfaWork work, Params *params, GDestroyNotify free_result,
        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  if (self->worker != NULL)
    {
      cfa_worker_submit (self->worker, writes, work, params, (GDestroyNotify) params_free, free_result, cancellable, callback, user_data);
      return;
    }
  params_free (params);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_return_new_error (task, CFA_CACHE_ERROR, CFA_CACHE_ERROR_FAILED, "the cache was erased");
}

static GHashTable *
new_set (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* cache thread: how the touched conversations look now */
static gboolean
fill_touched (CfaDb *db, const char *agent_id, GHashTable *touched, CfaDelta *delta, GError **error)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, touched);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autoptr (GError) problem = NULL;
      CfaConversationRow *row = cfa_conversation_store_get (db, agent_id, id, &problem);

      if (problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      if (row != NULL)
        g_ptr_array_add (delta->conversations, row);
      else
        g_ptr_array_add (delta->removed, g_strdup (id));
    }
  return TRUE;
}

static gboolean
finish_write (CfaDb *db, const char *id, GHashTable *touched, CfaDelta *delta, GError **error)
{
  g_autofree char *conversation = cfa_db_text (db, "SELECT conversation_id FROM outbox WHERE id = ?1", "t", id);
  gboolean was_there;

  if (!cfa_outbox_store_remove (db, id, &was_there, error))
    return FALSE;
  if (was_there)
    {
      g_ptr_array_add (delta->done, g_strdup (id));
      g_hash_table_add (touched, g_steal_pointer (&conversation));
    }
  return TRUE;
}

static gboolean
apply_records (CfaDb *db, Params *params, GHashTable *touched, CfaDelta *delta, GError **error)
{
  for (guint i = 0; params->records != NULL && i < params->records->len; i++)
    {
      CfRecord *record = params->records->pdata[i];
      gboolean kept;

      if (!cfa_record_store_apply (db, record, touched, &kept, error))
        return FALSE;
      if (kept)
        g_ptr_array_add (delta->records, cf_struct_ref (record));
      /* The message is here, so the write that makes it was carried out, whoever brings the news. */
      if (record->id != NULL && record->parent.shape == &cf_message_shape && !finish_write (db, record->id, touched, delta, error))
        return FALSE;
    }
  return TRUE;
}

static gpointer
work_apply (CfaDb *db, gpointer data, GError **error)
{
  Params *params = data;
  g_autoptr (CfaDelta) delta = cfa_delta_new ();
  g_autoptr (GHashTable) touched = new_set ();

  delta->applied = cfa_db_integer (db, "SELECT value FROM meta WHERE key = 'applied'", "");
  if (params->in_stream && !params->more
      && !cfa_db_run (db, error, "UPDATE meta SET value = 0 WHERE key = 'first' AND ?1 <= (SELECT value FROM meta WHERE key = 'applied')",
                      "i", params->prev))
    return NULL;
  if (params->in_stream)
    switch (cfa_revision_judge (delta->applied, params->prev, params->rev))
      {
      case CFA_VERDICT_HOLE:
        g_set_error (error, CFA_CACHE_ERROR, CFA_CACHE_ERROR_HOLE, "got changes after %" G_GINT64_FORMAT ", expected after %" G_GINT64_FORMAT,
                     params->prev, delta->applied);
        return NULL;
      case CFA_VERDICT_OLD:
        return g_steal_pointer (&delta);
      case CFA_VERDICT_APPLY:
        delta->applied = params->rev;
        if (!cfa_db_run (db, error, "UPDATE meta SET value = ?1 WHERE key = 'applied'", "i", params->rev))
          return NULL;
        break;
      }
  if (!apply_records (db, params, touched, delta, error)
      || (params->id != NULL && !finish_write (db, params->id, touched, delta, error))
      || (params->conversation_id != NULL
          && !cfa_db_run (db, error, "INSERT OR IGNORE INTO history VALUES (?1)", "t", params->conversation_id))
      || !fill_touched (db, params->agent_id, touched, delta, error))
    return NULL;
  return g_steal_pointer (&delta);
}

static gpointer
work_enqueue (CfaDb *db, gpointer data, GError **error)
{
  Params *params = data;
  CfaOutboxRow *row = params->row;
  g_autoptr (CfaDelta) delta = cfa_delta_new ();
  g_autoptr (GHashTable) touched = new_set ();

  /* A later mark says all that an earlier one does. */
  if (row->position > 0
      && !cfa_db_run (db, error, "DELETE FROM outbox WHERE conversation_id = ?1 AND method = ?2", "tt", row->conversation_id, row->method))
    return NULL;
  if (params->flag && !cfa_outbox_store_draft (db, row->conversation_id, NULL, FALSE, error))
    return NULL;
  if (!cfa_outbox_store_add (db, row, error))
    return NULL;
  g_hash_table_add (touched, g_strdup (row->conversation_id));
  return fill_touched (db, params->agent_id, touched, delta, error) ? g_steal_pointer (&delta) : NULL;
}

static gpointer
work_mark (CfaDb *db, gpointer data, GError **error)
{
  Params *params = data;

  return cfa_outbox_store_mark (db, params->id, params->flag, params->text, error) ? cfa_delta_new () : NULL;
}

static gpointer
work_draft (CfaDb *db, gpointer data, GError **error)
{
  Params *params = data;

  return cfa_outbox_store_draft (db, params->conversation_id, params->text, params->flag, error) ? GINT_TO_POINTER (TRUE) : NULL;
}

static gpointer
work_reset (CfaDb *db, gpointer data, GError **error)
{
  Params *params = data;

  return cfa_record_store_clear (db, error) && cfa_db_run (db, error, "REPLACE INTO meta VALUES ('epoch', ?1)", "i", params->rev)
           ? GINT_TO_POINTER (TRUE) : NULL;
}

static gpointer
work_conversations (CfaDb *db, gpointer data, GError **error)
{
  Params *params = data;

  return cfa_conversation_store_page (db, params->agent_id, params->before, params->id, params->limit, error);
}

static gpointer
work_outbox (CfaDb *db, gpointer data, GError **error)
{
  return cfa_outbox_store_list (db, error);
}

static gpointer
work_team (CfaDb *db, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) records = cfa_record_store_all (db, &cf_organisation_shape, error);
  GPtrArray *agents = records != NULL ? cfa_record_store_all (db, &cf_agent_shape, error) : NULL;

  if (agents == NULL)
    return NULL;
  g_ptr_array_extend_and_steal (records, agents);
  return g_steal_pointer (&records);
}

static gpointer
work_search (CfaDb *db, gpointer data, GError **error)
{
  Params *params = data;

  return cfa_conversation_store_search (db, params->text, params->limit, error);
}

static gpointer
work_messages (CfaDb *db, gpointer data, GError **error)
{
  Params *params = data;
  g_autoptr (CfaMessagesPage) page = g_new0 (CfaMessagesPage, 1);

  page->messages = cfa_record_store_messages (db, params->conversation_id, params->before, params->id, params->limit, error);
  if (page->messages == NULL)
    return NULL;
  page->complete = cfa_db_integer (db, "SELECT count(*) FROM history WHERE conversation_id = ?1", "t", params->conversation_id) > 0;
  return g_steal_pointer (&page);
}

static gpointer
work_progress (CfaDb *db, gpointer data, GError **error)
{
  Progress *progress = g_new (Progress, 1);

  progress->applied = cfa_db_integer (db, "SELECT value FROM meta WHERE key = 'applied'", "");
  progress->epoch = cfa_db_integer (db, "SELECT coalesce(max(value), 0) FROM meta WHERE key = 'epoch'", "");
  progress->first = cfa_db_integer (db, "SELECT value FROM meta WHERE key = 'first'", "") != 0;
  return progress;
}

static gpointer
work_open (CfaDb *db, gpointer data, GError **error)
{
  Params *params = data;

  if (!cfa_db_run (db, error, "INSERT INTO meta VALUES ('server', ?1), ('agent', ?2)"
                              " ON CONFLICT (key) DO UPDATE SET value = excluded.value", "tt", params->server, params->agent_id))
    return NULL;
  return work_progress (db, data, error);
}

static void
recall (CfaCache *self, const Progress *progress)
{
  self->applied = progress->applied;
  self->epoch = progress->epoch;
  self->first = progress->first;
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CfaCache *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree Progress *progress = g_task_propagate_pointer (G_TASK (result), &error);

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
  g_autofree Progress *progress = g_task_propagate_pointer (G_TASK (result), NULL);

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
      g_task_return_pointer (task, delta, (GDestroyNotify) cfa_delta_free);
      return;
    }
  /* All that came after it fails too, as it has a hole before it. Where to go on from, the file alone knows: it may be a new one. */
  g_object_set_data_full (G_OBJECT (task), "error", error, (GDestroyNotify) g_error_free);
  submit (self, FALSE, work_progress, params_new (self), g_free, NULL, on_recalled, g_object_ref (task));
}

static void
cfa_cache_finalize (GObject *object)
{
  CfaCache *self = CFA_CACHE (object);

  if (opened != NULL && g_hash_table_lookup (opened, self->path) == self)
    g_hash_table_remove (opened, self->path);
  g_clear_pointer (&self->worker, cfa_worker_free);
  g_free (self->path);
  g_free (self->agent_id);
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
}

void
cfa_messages_page_free (CfaMessagesPage *self)
{
  g_clear_pointer (&self->messages, g_ptr_array_unref);
  g_free (self);
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
  Params *params;

  if (self != NULL)
    {
      g_task_return_pointer (task, g_object_ref (self), g_object_unref);
      return;
    }
  self = g_object_new (CFA_TYPE_CACHE, NULL);
  self->path = g_steal_pointer (&path);
  self->agent_id = g_strdup (agent_id);
  self->worker = cfa_worker_new (self->path);
  params = params_new (self);
  params->server = g_strdup (server);
  g_task_set_task_data (task, self, g_object_unref);
  submit (self, TRUE, work_open, params, g_free, NULL, on_opened, g_object_ref (task));
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

  g_clear_pointer (&self->worker, cfa_worker_free);
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
  Params *params = params_new (self);
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
  submit (self, TRUE, work_apply, params, (GDestroyNotify) cfa_delta_free, NULL, on_changes_applied, task);
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
  Params *params = params_new (self);

  params->records = records != NULL ? g_ptr_array_ref (records) : NULL;
  params->id = g_strdup (done);
  params->conversation_id = g_strdup (complete);
  submit (self, TRUE, work_apply, params, (GDestroyNotify) cfa_delta_free, NULL, callback, user_data);
}

/**
 * cfa_cache_enqueue_async:
 * @row: not to be changed any more
 *
 * Puts a write into the outbox; when it ends, the write is on disk. A text or note takes the conversation's draft with it, a read
 * mark the marks that wait before it.
 */
void
cfa_cache_enqueue_async (CfaCache *self, CfaOutboxRow *row, GAsyncReadyCallback callback, gpointer user_data)
{
  Params *params = params_new (self);

  params->row = cfa_outbox_row_ref (row);
  params->flag = g_str_equal (row->method, "message.send") || g_str_equal (row->method, "note.add");
  submit (self, TRUE, work_enqueue, params, (GDestroyNotify) cfa_delta_free, NULL, callback, user_data);
}

/**
 * cfa_cache_mark_async:
 * @failed: whether the outbox row waits for the person now
 * @problem: (nullable): what to tell them
 */
void
cfa_cache_mark_async (CfaCache *self, const char *id, gboolean failed, const char *problem,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  Params *params = params_new (self);

  params->id = g_strdup (id);
  params->flag = failed;
  params->text = g_strdup (problem);
  submit (self, TRUE, work_mark, params, (GDestroyNotify) cfa_delta_free, NULL, callback, user_data);
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
 * @note: whether it is a staff note
 */
void
cfa_cache_set_draft (CfaCache *self, const char *conversation_id, const char *text, gboolean note)
{
  Params *params = params_new (self);

  params->conversation_id = g_strdup (conversation_id);
  params->text = g_strdup (text);
  params->flag = note;
  submit (self, TRUE, work_draft, params, NULL, NULL, on_draft_kept, NULL);
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
  Params *params = params_new (self);

  params->rev = epoch;
  self->applied = 0;
  self->epoch = epoch;
  self->first = TRUE;
  submit (self, TRUE, work_reset, params, NULL, NULL, callback, user_data);
}

gboolean
cfa_cache_reset_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}

/**
 * cfa_cache_conversations_async:
 * @before_time: and @before_id: the last row of the page before; G_MAXINT64 and "" begin with the newest
 *
 * Gives an array of CfaConversationRow, newest last message first.
 */
void
cfa_cache_conversations_async (CfaCache *self, gint64 before_time, const char *before_id, guint limit,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  Params *params = params_new (self);

  params->before = before_time;
  params->id = g_strdup (before_id);
  params->limit = limit;
  submit (self, FALSE, work_conversations, params, (GDestroyNotify) g_ptr_array_unref, NULL, callback, user_data);
}

/**
 * cfa_cache_outbox_async:
 * Gives an array of CfaOutboxRow in the order in which they were made.
 */
void
cfa_cache_outbox_async (CfaCache *self, GAsyncReadyCallback callback, gpointer user_data)
{
  submit (self, FALSE, work_outbox, params_new (self), (GDestroyNotify) g_ptr_array_unref, NULL, callback, user_data);
}

/**
 * cfa_cache_team_async:
 * Gives an array of CfRecord: the organisation and its agents.
 */
void
cfa_cache_team_async (CfaCache *self, GAsyncReadyCallback callback, gpointer user_data)
{
  submit (self, FALSE, work_team, params_new (self), (GDestroyNotify) g_ptr_array_unref, NULL, callback, user_data);
}

/**
 * cfa_cache_search_async:
 * Gives an array of conversation ids, best first.
 */
void
cfa_cache_search_async (CfaCache *self, const char *text, guint limit, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  Params *params = params_new (self);

  params->text = g_strdup (text);
  params->limit = limit;
  submit (self, FALSE, work_search, params, (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

GPtrArray *
cfa_cache_array_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * cfa_cache_messages_async:
 * @before_position: and @before_id: the message above which to read; G_MAXINT64 and "" begin with the newest
 */
void
cfa_cache_messages_async (CfaCache *self, const char *conversation_id, gint64 before_position, const char *before_id,
                          guint limit, GAsyncReadyCallback callback, gpointer user_data)
{
  Params *params = params_new (self);

  params->conversation_id = g_strdup (conversation_id);
  params->before = before_position;
  params->id = g_strdup (before_id);
  params->limit = limit;
  submit (self, FALSE, work_messages, params, (GDestroyNotify) cfa_messages_page_free, NULL, callback, user_data);
}

CfaMessagesPage *
cfa_cache_messages_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
