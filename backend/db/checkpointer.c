/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checkpointer.h"

#include "background.h"

/* Pages of 2 KiB. So many are brought over together. */
#define STEP_PAGES 2000
/* A log of this length should begin anew, which it does when all of it has been brought over at the moment at which somebody writes. Only the
 * writing thread can see to that: it waits for the last few pages, never for many while the log is not far too long. */
#define LOG_PAGES_MAX 8000
#define FEW_PAGES 400

struct _CfdCheckpointer
{
  const CfdDbDriver *driver;
  char *where;
  GThread *thread;
  guint asked_at; /* pages in the log when the thread was asked last; the writer's */
  guint tried_at; /* pages in the log when it should have begun anew; the writer's */
  gint busy;      /* atomic: the thread has not finished what it was asked for */
  GMutex mutex;
  GCond cond;
  gboolean asked, stopping; /* guarded */
};

/* Returns: FALSE when it is time to end. */
static gboolean
wait_for_work (CfdCheckpointer *self)
{
  gboolean stopping;

  g_mutex_lock (&self->mutex);
  while (!self->asked && !self->stopping)
    g_cond_wait (&self->cond, &self->mutex);
  self->asked = FALSE;
  stopping = self->stopping;
  g_mutex_unlock (&self->mutex);
  return !stopping;
}

/* What fails is tried again when the log has grown: until then everything is safe in the log. */
static gpointer
run (gpointer data)
{
  CfdCheckpointer *self = data;
  CfdDbHandle *handle = NULL;

  cfd_background_enter (); /* when it lags far behind, the writing thread does its work */
  while (wait_for_work (self))
    {
      if (handle == NULL)
        handle = self->driver->open (self->where, FALSE, FALSE, NULL);
      if (handle != NULL)
        self->driver->checkpoint (handle);
      g_atomic_int_set (&self->busy, FALSE);
    }
  g_clear_pointer (&handle, self->driver->close);
  return NULL;
}

static void
ask (CfdCheckpointer *self)
{
  g_atomic_int_set (&self->busy, TRUE);
  g_mutex_lock (&self->mutex);
  self->asked = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

/**
 * cfd_checkpointer_start:
 * @where: as for cfd_db_open()
 */
CfdCheckpointer *
cfd_checkpointer_start (const CfdDbDriver *driver, const char *where)
{
  CfdCheckpointer *self = g_new0 (CfdCheckpointer, 1);

  self->driver = driver;
  self->where = g_strdup (where);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  if (driver->checkpoint != NULL)
    self->thread = g_thread_new ("db-checkpoint", run, self);
  return self;
}

/**
 * cfd_checkpointer_committed:
 * After each commit, on the writing thread.
 */
void
cfd_checkpointer_committed (CfdCheckpointer *self, CfdConnection *writing)
{
  guint pages = self->thread != NULL ? self->driver->log_pages (writing->handle) : 0;

  if (pages < self->asked_at)
    self->asked_at = self->tried_at = 0; /* the log has begun anew */
  if (pages < 2 * LOG_PAGES_MAX && g_atomic_int_get (&self->busy))
    return;
  if (pages >= MAX (LOG_PAGES_MAX, self->tried_at + STEP_PAGES) && (pages < self->asked_at + FEW_PAGES || pages >= 2 * LOG_PAGES_MAX))
    {
      self->driver->checkpoint (writing->handle);
      self->asked_at = self->tried_at = pages;
    }
  else if (pages >= self->asked_at + STEP_PAGES || (pages >= LOG_PAGES_MAX && self->tried_at == 0))
    {
      self->asked_at = pages - pages % STEP_PAGES; /* not later each time */
      ask (self);
    }
}

/**
 * cfd_checkpointer_failed:
 * After a commit that failed, on the writing thread: the log may have no room to grow. Once all of it is in the database it begins anew,
 * in the room that it has.
 */
void
cfd_checkpointer_failed (CfdCheckpointer *self)
{
  ask (self);
}

void
cfd_checkpointer_stop (CfdCheckpointer *self)
{
  if (self == NULL)
    return;
  g_mutex_lock (&self->mutex);
  self->stopping = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&self->thread, g_thread_join);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self->where);
  g_free (self);
}
