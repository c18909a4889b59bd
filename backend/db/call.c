/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "call.h"

#include "protocol/error.h"

static void
call_free (CfdDbCall *self)
{
  g_clear_error (&self->error);
  g_clear_pointer (&self->changes, cfd_changeset_unref);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}

/**
 * cfd_db_call_new:
 * Returns: (transfer full): a call that one thread runs and then finishes.
 */
CfdDbCall *
cfd_db_call_new (CfdDbWork work, CfdDbDone done, gpointer data, gboolean waited_for)
{
  CfdDbCall *self = g_new0 (CfdDbCall, 1);

  self->work = work;
  self->done = done;
  self->data = data;
  self->submitted = g_get_monotonic_time ();
  self->waited_for = waited_for;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  return self;
}

/**
 * cfd_db_call_work:
 * Runs the work on the calling thread and keeps its error.
 *
 * Returns: what the work returned.
 */
gboolean
cfd_db_call_work (CfdDbCall *self, CfdTx *tx)
{
  if (self->work (tx, self->data, &self->error))
    {
      g_clear_error (&self->error); /* success counts */
      return TRUE;
    }
  if (self->error == NULL)
    g_set_error_literal (&self->error, CF_ERROR, CF_ERROR_INTERNAL, "a database call failed without an error");
  return FALSE;
}

/**
 * cfd_db_call_reset:
 * Forgets the outcome: the work was undone and runs again.
 */
void
cfd_db_call_reset (CfdDbCall *self)
{
  g_clear_error (&self->error);
  g_clear_pointer (&self->changes, cfd_changeset_unref);
}

/**
 * cfd_db_call_fail:
 * Makes @error the call's outcome, whatever it was before: nothing of it was stored.
 */
void
cfd_db_call_fail (CfdDbCall *self, const GError *error)
{
  cfd_db_call_reset (self);
  self->error = g_error_copy (error);
}

/**
 * cfd_db_call_finish:
 * @self: (transfer full): not to be used any more
 *
 * Tells who waits for the call; for others calls @done, which is on the main loop unless there is none to call.
 */
void
cfd_db_call_finish (CfdDbCall *self)
{
  if (!self->waited_for)
    {
      if (self->done != NULL)
        self->done (self->data, self->error);
      call_free (self);
      return;
    }
  g_mutex_lock (&self->mutex);
  self->finished = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

/**
 * cfd_db_call_wait:
 * @self: (transfer full): waited_for, and handed to its thread
 *
 * Returns: whether the work and its commit succeeded.
 */
gboolean
cfd_db_call_wait (CfdDbCall *self, GError **error)
{
  gboolean ok;

  g_mutex_lock (&self->mutex);
  while (!self->finished)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
  ok = self->error == NULL;
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&self->error));
  call_free (self);
  return ok;
}
