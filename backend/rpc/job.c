/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "job.h"

#include "backend/features/visitors/visitor-service.h"
#include "protocol/error.h"

CfdJob *
cfd_job_new (const CfdMethod *method, CfdJobDone done, gpointer data)
{
  CfdJob *self = g_new0 (CfdJob, 1);

  self->method = method;
  self->done = done;
  self->data = data;
  return self;
}

/**
 * cfd_job_stranger:
 * Returns: (transfer full): a caller who has not signed in, as what sign-in itself sees
 */
CfdCaller *
cfd_job_stranger (const char *address, const char *device)
{
  CfdCaller *caller = cfd_caller_new (CFD_ALLOW_ANYONE);

  caller->address = cfd_shared_text (address);
  caller->device = cfd_shared_text (device);
  return caller;
}

/**
 * cfd_job_audience:
 * Returns: as whom the caller reads the result
 */
CfAudience
cfd_job_audience (const CfdJob *self)
{
  return self->method->audience != 0 ? self->method->audience : cfd_caller_get_audience (self->caller);
}

/**
 * cfd_job_is_proven:
 * Returns: FALSE with CF_ERROR_UNVERIFIED for a visitor's write on a site that takes them only from those whom it knows
 */
gboolean
cfd_job_is_proven (const CfdMethod *method, const CfdCaller *caller, CfdTx *tx, GError **error)
{
  return caller->kind != CFD_ALLOW_VISITOR || method->work != CFD_WORK_WRITE || method->open_to_unproven
         || cfd_visitors_may_write (tx, caller, error);
}

/**
 * cfd_job_handle:
 * Runs the row's handler. On a database thread.
 * Returns: (transfer full): the result, or NULL with an error
 */
gpointer
cfd_job_handle (CfdJob *self, CfdTx *tx, GError **error)
{
  CfdCall call = { tx, self->db, self->caller };

  if (!cfd_job_is_proven (self->method, self->caller, tx, error))
    return NULL;
  return self->method->handler (&call, self->params, error);
}

/**
 * cfd_job_work:
 * The job's part on a database thread. A group commit that failed as a whole may run it again.
 */
gboolean
cfd_job_work (CfdTx *tx, gpointer job, GError **error)
{
  CfdJob *self = job;

  g_clear_pointer (&self->result, cf_struct_unref);
  self->result = self->work != NULL ? self->work (self, tx, error) : cfd_job_handle (self, tx, error);
  if (self->result == NULL && error != NULL && *error == NULL)
    g_set_error (error, CF_ERROR, CF_ERROR_INTERNAL, "%s gave neither a result nor an error", self->method->name);
  return self->result != NULL;
}

void
cfd_job_free (CfdJob *self)
{
  g_clear_pointer (&self->params, cf_struct_unref);
  g_clear_pointer (&self->result, cf_struct_unref);
  g_clear_pointer (&self->conversations, g_ptr_array_unref);
  cfd_caller_unref (self->caller);
  g_free (self->token);
  g_free (self->site_key);
  g_free (self->origin);
  g_free (self->address);
  g_free (self);
}
