/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visit-worker.h"

#include "backend/log.h"
#include "visit-service.h"

#define LOOK_MS      1000
#define TRIM_SECONDS 3600

/* The looks of one second, on their way through the database's threads. */
typedef struct
{
  CfdVisitWorker *worker;
  GPtrArray *looks; /* of CfdLook */
  GPtrArray *facts; /* of CfMonitorVisitor or NULL, one for each look */
} Batch;

typedef struct
{
  CfdVisitWorker *worker;
  gboolean more;
} Trim;

struct _CfdVisitWorker
{
  CfdDb *db;
  CfdHub *hub;
  gint64 days;
  gboolean busy; /* a batch is under way: what comes meanwhile makes the next one */
  gboolean stopped;
  guint source, trim_source;
};

static void
free_facts (gpointer facts)
{
  if (facts != NULL)
    cf_struct_unref (facts);
}

static void
free_batch (Batch *batch)
{
  g_ptr_array_unref (batch->looks);
  g_ptr_array_unref (batch->facts);
  g_free (batch);
}

static gboolean
keep (CfdTx *tx, gpointer data, GError **error)
{
  const Batch *batch = data;

  return cfd_visits_keep (tx, batch->looks, batch->facts, error);
}

static void
kept (gpointer data, const GError *error)
{
  Batch *batch = data;

  batch->worker->busy = FALSE;
  if (error != NULL)
    cfd_log (G_LOG_LEVEL_WARNING, "monitor", "pages that were looked at could not be stored", "error", error->message, NULL);
  free_batch (batch);
}

static gboolean
find_out (CfdTx *tx, gpointer data, GError **error)
{
  Batch *batch = data;

  g_ptr_array_set_size (batch->facts, 0);
  for (guint i = 0; i < batch->looks->len; i++)
    {
      const CfdLook *look = batch->looks->pdata[i];
      CfMonitorVisitor *facts = look->news ? cfd_visits_find_out (tx, look, error) : NULL;

      if (look->news && facts == NULL)
        return FALSE;
      g_ptr_array_add (batch->facts, facts);
    }
  return TRUE;
}

static void
found_out (gpointer data, const GError *error)
{
  Batch *batch = data;
  CfdVisitWorker *self = batch->worker;

  if (error != NULL || self->stopped)
    {
      kept (batch, error);
      return;
    }
  for (guint i = 0; i < batch->looks->len; i++)
    {
      const CfdLook *look = batch->looks->pdata[i];

      if (batch->facts->pdata[i] != NULL)
        cfd_online_learn (cfd_hub_get_online (self->hub, look->caller->organisation_id), batch->facts->pdata[i]);
    }
  cfd_db_submit (self->db, CFD_DB_WRITE, keep, kept, batch);
}

static gboolean
look (gpointer data)
{
  CfdVisitWorker *self = data;
  GPtrArray *looks = self->busy ? NULL : cfd_hub_take_looks (self->hub);
  Batch *batch;

  if (looks == NULL)
    return G_SOURCE_CONTINUE;
  batch = g_new0 (Batch, 1);
  batch->worker = self;
  batch->looks = looks;
  batch->facts = g_ptr_array_new_with_free_func (free_facts);
  self->busy = TRUE;
  cfd_db_submit (self->db, CFD_DB_READ, find_out, found_out, batch);
  return G_SOURCE_CONTINUE;
}

static gboolean
trim (CfdTx *tx, gpointer data, GError **error)
{
  Trim *trimming = data;

  return cfd_visits_trim (tx, trimming->worker->days, &trimming->more, error);
}

static void
trimmed (gpointer data, const GError *error)
{
  g_autofree Trim *trimming = data;
  CfdVisitWorker *self = trimming->worker;

  if (error != NULL)
    cfd_log (G_LOG_LEVEL_WARNING, "monitor", "old visits could not be removed", "error", error->message, NULL);
  else if (trimming->more && !self->stopped)
    cfd_db_submit (self->db, CFD_DB_WRITE, trim, trimmed, g_steal_pointer (&trimming));
}

static gboolean
begin_trim (gpointer data)
{
  CfdVisitWorker *self = data;
  Trim *trimming = g_new0 (Trim, 1);

  trimming->worker = self;
  cfd_db_submit (self->db, CFD_DB_WRITE, trim, trimmed, trimming);
  return G_SOURCE_CONTINUE;
}

/**
 * cfd_visit_worker_new:
 * @days: for which visits are kept
 */
CfdVisitWorker *
cfd_visit_worker_new (CfdDb *db, CfdHub *hub, gint64 days)
{
  CfdVisitWorker *self = g_new0 (CfdVisitWorker, 1);

  self->db = db;
  self->hub = hub;
  self->days = days;
  self->source = g_timeout_add (LOOK_MS, look, self);
  self->trim_source = g_timeout_add_seconds (TRIM_SECONDS, begin_trim, self);
  begin_trim (self);
  return self;
}

/**
 * cfd_visit_worker_stop:
 * Submits nothing any more: to be called before the database is closed. The looks of the last second are lost.
 */
void
cfd_visit_worker_stop (CfdVisitWorker *self)
{
  self->stopped = TRUE;
  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_handle_id (&self->trim_source, g_source_remove);
}

/**
 * cfd_visit_worker_free:
 * After the database was closed: its threads call back.
 */
void
cfd_visit_worker_free (CfdVisitWorker *self)
{
  cfd_visit_worker_stop (self);
  g_free (self);
}
