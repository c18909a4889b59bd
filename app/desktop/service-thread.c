/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service-thread.h"

/* A service that hangs shall not keep a program from ending. */
#define STOP_US (2 * G_USEC_PER_SEC)

struct _CfaServiceThread
{
  gatomicrefcount refs;
  GMainContext *context;
  GMutex lock;
  GCond cond;
  gboolean stop; /* under the lock, like ended */
  gboolean ended;
};

typedef struct
{
  GFunc work;
  gpointer data;
  gpointer owner;
} Job;

static void
unref (CfaServiceThread *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->cond);
  g_free (self);
}

static gboolean
stopped (CfaServiceThread *self)
{
  gboolean stop;

  g_mutex_lock (&self->lock);
  stop = self->stop;
  g_mutex_unlock (&self->lock);
  return stop;
}

static gpointer
run (gpointer data)
{
  CfaServiceThread *self = data;

  g_main_context_push_thread_default (self->context);
  while (!stopped (self))
    g_main_context_iteration (self->context, TRUE);
  while (g_main_context_iteration (self->context, FALSE))
    ; /* what was given before the end is done */
  g_main_context_pop_thread_default (self->context);
  g_mutex_lock (&self->lock);
  self->ended = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->lock);
  unref (self);
  return NULL;
}

static gboolean
do_job (gpointer data)
{
  Job *job = data;

  job->work (job->data, job->owner);
  return G_SOURCE_REMOVE;
}

CfaServiceThread *
cfa_service_thread_new (const char *name)
{
  CfaServiceThread *self = g_new0 (CfaServiceThread, 1);

  g_atomic_ref_count_init (&self->refs);
  g_atomic_ref_count_inc (&self->refs);
  self->context = g_main_context_new ();
  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  g_thread_unref (g_thread_new (name, run, self));
  return self;
}

/**
 * cfa_service_thread_do:
 * @work: called on the thread with @data and @owner; it frees @data
 */
void
cfa_service_thread_do (CfaServiceThread *self, GFunc work, gpointer data, gpointer owner)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Job *job = g_new0 (Job, 1);

  job->work = work;
  job->data = data;
  job->owner = owner;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, do_job, job, g_free);
  g_source_attach (source, self->context);
}

/**
 * cfa_service_thread_stop:
 * @self: (transfer full): not to be used any more
 *
 * Waits until all is done that was given to it, but for a service that hangs not longer than two seconds.
 */
void
cfa_service_thread_stop (CfaServiceThread *self)
{
  gint64 until = g_get_monotonic_time () + STOP_US;

  g_mutex_lock (&self->lock);
  self->stop = TRUE;
  g_main_context_wakeup (self->context);
  while (!self->ended && g_cond_wait_until (&self->cond, &self->lock, until))
    ;
  g_mutex_unlock (&self->lock);
  unref (self);
}
