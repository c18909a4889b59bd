/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "router.h"

#include "backend/log.h"
#include "protocol/error.h"

struct _CfdRouter
{
  CfdDb *db;
  CfdHub *hub;
  CfdMethodTable *table;
  CfdMeter *meter;
  guint in_flight;
  gboolean closed; /* no new calls */
  CfdRouterDrained drained;
  gpointer drained_data;
};

static const CfdDbMode modes[] = {
  [CFD_WORK_READ] = CFD_DB_READ,
  [CFD_WORK_WRITE] = CFD_DB_WRITE,
  [CFD_WORK_SLOW] = CFD_DB_SLOW,
};

/* What is our own fault is told in the log, once; the caller learns only that it is. */
static GError *
map_error (CfdRouter *self, const CfdJob *job, const GError *error)
{
  cfd_meter_error (self->meter, error);
  if (cf_error_code (error) != CF_ERROR_INTERNAL)
    return g_error_copy (error);
  cfd_log (G_LOG_LEVEL_WARNING, "rpc", "a call failed", "method", job->method->name, "error", error->message,
           "domain", g_quark_to_string (error->domain), NULL);
  return g_error_new_literal (CF_ERROR, CF_ERROR_INTERNAL, "the server made a mistake; it is in its log");
}

static void
finish (CfdRouter *self, CfdJob *job, const GError *error)
{
  g_autoptr (GError) mapped = error != NULL ? map_error (self, job, error) : NULL;

  cfd_meter_call (self->meter, job->method->name, error, g_get_monotonic_time () - job->started);
  job->done (job, mapped, job->data);
  cfd_job_free (job);
}

static void
check_drained (CfdRouter *self)
{
  CfdRouterDrained drained = self->drained;

  if (drained == NULL || self->in_flight > 0)
    return;
  self->drained = NULL;
  drained (self->drained_data);
}

static void
came_back (gpointer data, const GError *error)
{
  CfdJob *job = data;
  CfdRouter *self = job->router;

  if (error == NULL && job->method->loop_rest != NULL)
    job->method->loop_rest (self->hub, job->caller, job->result);
  finish (self, job, error);
  self->in_flight--;
  check_drained (self);
}

static void
run_here (CfdRouter *self, CfdJob *job)
{
  CfdLoopCall call = { self->hub, job->subscriber };
  g_autoptr (GError) error = NULL;

  job->result = job->method->loop_handler (&call, job->params, &error);
  finish (self, job, error);
}

/**
 * cfd_router_new:
 * @features: NULL-terminated, static: whose rows can be called
 *
 * Returns: (transfer full): the router, or NULL when a row is not whole
 */
CfdRouter *
cfd_router_new (CfdDb *db, CfdHub *hub, const CfdFeature *const *features, GError **error)
{
  CfdMethodTable *table = cfd_method_table_new (features, error);
  CfdRouter *self;

  if (table == NULL)
    return NULL;
  self = g_new0 (CfdRouter, 1);
  self->db = db;
  self->hub = hub;
  self->table = table;
  self->meter = cfd_meter_new ();
  return self;
}

CfdMethodTable *
cfd_router_get_table (CfdRouter *self)
{
  return self->table;
}

CfdMeter *
cfd_router_get_meter (CfdRouter *self)
{
  return self->meter;
}

CfdHub *
cfd_router_get_hub (CfdRouter *self)
{
  return self->hub;
}

/**
 * cfd_router_run:
 * @job: (transfer full): with permission checked where the caller is known; its done follows, for loop rows within this call
 *
 * Writes are carried out in the order in which they are given here.
 */
void
cfd_router_run (CfdRouter *self, CfdJob *job)
{
  job->started = g_get_monotonic_time ();
  if (job->method->work == CFD_WORK_LOOP)
    {
      run_here (self, job);
      return;
    }
  job->router = self;
  job->db = self->db;
  self->in_flight++;
  cfd_db_submit (self->db, modes[job->method->work], cfd_job_work, came_back, job);
}

/**
 * cfd_router_is_open:
 * Returns: FALSE with CF_ERROR_UNAVAILABLE once the server is about to end
 */
gboolean
cfd_router_is_open (CfdRouter *self, GError **error)
{
  if (!self->closed)
    return TRUE;
  g_set_error_literal (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "the server restarts; send the same call again in a moment");
  return FALSE;
}

/**
 * cfd_router_retry_after:
 * Returns: milliseconds after which the same call makes sense again, where nothing better is known; 0 = it never will
 */
gint64
cfd_router_retry_after (const GError *error)
{
  switch (cf_error_code (error))
    {
    case CF_ERROR_UNAVAILABLE:
      return 1000;
    case CF_ERROR_RATE_LIMITED:
      return 5000;
    default:
      return 0;
    }
}

/**
 * cfd_router_quiesce:
 * @drained: called once, when all calls that were accepted are answered; maybe at once
 *
 * From now on no call is accepted.
 */
void
cfd_router_quiesce (CfdRouter *self, CfdRouterDrained drained, gpointer data)
{
  self->closed = TRUE;
  self->drained = drained;
  self->drained_data = data;
  check_drained (self);
}

void
cfd_router_free (CfdRouter *self)
{
  cfd_method_table_free (self->table);
  cfd_meter_free (self->meter);
  g_free (self);
}
