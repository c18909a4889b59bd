/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "worker.h"

#include "schema.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

/* Enough to make a flood cheap, few enough that nobody waits long for the commit. */
#define GROUP_MAX 64

typedef struct
{
  gboolean writes;
  CfaWork work; /* NULL: the thread ends */
  gpointer data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
  gpointer result;
  GError *error;
  GTask *task;
} Job;

struct _CfaWorker
{
  char *path;
  int lock;
  CfaDb *db;
  GError *problem; /* why there is no db */
  GAsyncQueue *jobs;
  GThread *thread;
};

/* The task, and with it the callback's data, is let go of on the main thread. */
static void
finish (Job *job)
{
  if (job->error != NULL)
    {
      if (job->result != NULL && job->free_result != NULL)
        job->free_result (job->result);
      g_task_return_error (job->task, job->error);
    }
  else
    g_task_return_pointer (job->task, job->result, job->free_result);
  g_object_unref (job->task);
  if (job->free_data != NULL)
    job->free_data (job->data);
  g_free (job);
}

/*
 * What has just failed stays failed; the next job finds a sound file, which the server fills anew.
 * Returns: whether @error called for that.
 */
static gboolean
mend (CfaWorker *self, const GError *error)
{
  if (self->db == NULL || !g_error_matches (error, CFA_CACHE_ERROR, CFA_CACHE_ERROR_CORRUPT))
    return FALSE;
  cfa_db_free (self->db);
  self->db = cfa_schema_rebuild (self->path, &self->problem);
  return TRUE;
}

static void
run_read (CfaWorker *self, Job *job)
{
  if (self->db == NULL)
    job->error = g_error_copy (self->problem);
  else if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (job->task), &job->error))
    ; /* nobody waits for it any more */
  else
    job->result = job->work (self->db, job->data, &job->error);
  mend (self, job->error);
  finish (job);
}

/* Returns: whether the shared transaction is still there. */
static gboolean
run_write (CfaWorker *self, Job *job)
{
  if (!cfa_db_script (self->db, "SAVEPOINT job", &job->error))
    return cfa_db_in_transaction (self->db);
  job->result = job->work (self->db, job->data, &job->error);
  if (!cfa_db_in_transaction (self->db))
    return FALSE;
  if (job->error != NULL)
    cfa_db_script (self->db, "ROLLBACK TO job", NULL);
  return cfa_db_script (self->db, "RELEASE job", job->error == NULL ? &job->error : NULL);
}

static void
fail_all (GPtrArray *group, const GError *error)
{
  for (guint i = 0; i < group->len; i++)
    {
      Job *job = group->pdata[i];

      if (job->error == NULL)
        job->error = g_error_copy (error);
    }
}

/* Returns: (nullable): a job that was taken from the queue and must run next. */
static Job *
run_group (CfaWorker *self, Job *first)
{
  g_autoptr (GPtrArray) group = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  Job *next = first;
  gboolean good = TRUE;

  if (self->db == NULL)
    error = g_error_copy (self->problem);
  else
    cfa_db_script (self->db, "BEGIN IMMEDIATE", &error);
  do
    {
      g_ptr_array_add (group, next);
      good = error == NULL && run_write (self, next);
      next = good && group->len < GROUP_MAX ? g_async_queue_try_pop (self->jobs) : NULL;
    }
  while (good && next != NULL && next->work != NULL && next->writes);

  if (good)
    cfa_db_script (self->db, "COMMIT", &error);
  else if (error == NULL)
    {
      Job *last = group->pdata[group->len - 1];

      error = last->error != NULL ? g_error_copy (last->error)
                                  : g_error_new_literal (CFA_CACHE_ERROR, CFA_CACHE_ERROR_FAILED, "the transaction was lost");
    }
  if (error != NULL)
    {
      fail_all (group, error);
      if (self->db != NULL && cfa_db_in_transaction (self->db))
        cfa_db_script (self->db, "ROLLBACK", NULL);
    }
  for (guint i = 0; i < group->len && !mend (self, ((Job *) group->pdata[i])->error); i++)
    ;
  for (guint i = 0; i < group->len; i++)
    finish (group->pdata[i]);
  return next;
}

/* One process alone: two with the same outbox would each send it. */
static gboolean
take_lock (CfaWorker *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *path = g_strconcat (self->path, ".lock", NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0 || g_chmod (folder, 0700) != 0)
    {
      g_set_error (error, CFA_CACHE_ERROR, CFA_CACHE_ERROR_FAILED, "%s: %s", folder, g_strerror (errno));
      return FALSE;
    }
  self->lock = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock >= 0 && flock (self->lock, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  g_set_error (error, CFA_CACHE_ERROR, errno == EWOULDBLOCK ? CFA_CACHE_ERROR_BUSY : CFA_CACHE_ERROR_FAILED,
               "%s: %s", path, errno == EWOULDBLOCK ? "another ChatFlow uses it" : g_strerror (errno));
  return FALSE;
}

static gpointer
run (gpointer data)
{
  CfaWorker *self = data;
  Job *job = NULL;

  if (take_lock (self, &self->problem))
    self->db = cfa_schema_open (self->path, &self->problem);
  for (;;)
    {
      if (job == NULL)
        job = g_async_queue_pop (self->jobs);
      if (job->work == NULL)
        break;
      if (job->writes)
        job = run_group (self, job);
      else
        run_read (self, g_steal_pointer (&job));
    }
  g_free (job);
  g_clear_pointer (&self->db, cfa_db_free);
  if (self->lock >= 0)
    close (self->lock);
  return NULL;
}

/**
 * cfa_worker_new:
 * Starts the thread, which opens the file. When that fails, every job answers why.
 */
CfaWorker *
cfa_worker_new (const char *path)
{
  CfaWorker *self = g_new0 (CfaWorker, 1);

  self->path = g_strdup (path);
  self->lock = -1;
  self->jobs = g_async_queue_new ();
  self->thread = g_thread_new ("cache", run, self);
  return self;
}

/**
 * cfa_worker_free:
 * Does what was asked before, then closes the file and ends the thread; waits for that.
 */
void
cfa_worker_free (CfaWorker *self)
{
  g_async_queue_push (self->jobs, g_new0 (Job, 1));
  g_thread_join (self->thread);
  g_async_queue_unref (self->jobs);
  g_clear_error (&self->problem);
  g_free (self->path);
  g_free (self);
}

/**
 * cfa_worker_submit:
 * @writes: whether @work changes the database
 * @data: (transfer full): for @work
 * @callback: called on the thread-default main context of the caller; g_task_propagate_pointer() gives the result
 */
void
cfa_worker_submit (CfaWorker *self, gboolean writes, CfaWork work, gpointer data, GDestroyNotify free_data,
                   GDestroyNotify free_result, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->writes = writes;
  job->work = work;
  job->data = data;
  job->free_data = free_data;
  job->free_result = free_result;
  job->task = g_task_new (NULL, cancellable, callback, user_data);
  g_async_queue_push (self->jobs, job);
}
