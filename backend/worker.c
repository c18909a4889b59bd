/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "worker.h"

typedef struct
{
  void (*work) (gpointer data); /* NULL: the end */
  void (*done) (gpointer data); /* nullable */
  gpointer data;
} Task;

struct _CfdWorker
{
  GThread *thread;
  GAsyncQueue *tasks, *finished;
  GSource *source;
};

static gpointer
run (gpointer data)
{
  CfdWorker *self = data;
  Task *task;

  while ((task = g_async_queue_pop (self->tasks))->work != NULL)
    {
      task->work (task->data);
      g_async_queue_push (self->finished, task);
      g_source_set_ready_time (self->source, 0);
    }
  g_free (task);
  return NULL;
}

static gboolean
tell (gpointer data)
{
  CfdWorker *self = data;
  Task *task;

  g_source_set_ready_time (self->source, -1);
  while ((task = g_async_queue_try_pop (self->finished)) != NULL)
    {
      if (task->done != NULL)
        task->done (task->data);
      g_free (task);
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static GSourceFuncs source_funcs = { .dispatch = dispatch };

CfdWorker *
cfd_worker_new (const char *name)
{
  CfdWorker *self = g_new0 (CfdWorker, 1);

  self->tasks = g_async_queue_new ();
  self->finished = g_async_queue_new ();
  self->source = g_source_new (&source_funcs, sizeof (GSource));
  g_source_set_callback (self->source, tell, self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
  self->thread = g_thread_new (name, run, self);
  return self;
}

/**
 * cfd_worker_submit:
 * @work: on the thread
 * @done: (nullable): on the main loop
 */
void
cfd_worker_submit (CfdWorker *self, void (*work) (gpointer data), void (*done) (gpointer data), gpointer data)
{
  Task *task = g_new0 (Task, 1);

  *task = (Task) { work, done, data };
  g_async_queue_push (self->tasks, task);
}

void
cfd_worker_free (CfdWorker *self)
{
  g_async_queue_push (self->tasks, g_new0 (Task, 1));
  g_thread_join (self->thread);
  tell (self);
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_async_queue_unref (self->tasks);
  g_async_queue_unref (self->finished);
  g_free (self);
}
