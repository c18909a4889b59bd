/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "retention-worker.h"

#include "backend/log.h"
#include "protocol/records/site.h"
#include "retention-service.h"

#define EVERY_SECONDS 3600

struct _CfdRetentionWorker
{
  CfdDb *db;
  guint source;
  gboolean busy;  /* a piece is under way */
  gboolean again; /* and somebody has asked meanwhile */
  gboolean more;  /* the database's thread, while busy */
  gboolean stopped;
};

static void begin (CfdRetentionWorker *self);

static gboolean
trim (CfdTx *tx, gpointer data, GError **error)
{
  CfdRetentionWorker *self = data;

  return cfd_retention_trim (tx, &self->more, error);
}

static void
trimmed (gpointer data, const GError *error)
{
  CfdRetentionWorker *self = data;
  gboolean goes_on = error == NULL && (self->more || self->again);

  self->busy = FALSE;
  if (error != NULL)
    cfd_log (G_LOG_LEVEL_WARNING, "privacy", "what sites do not keep any longer could not be erased; it is tried again", "error", error->message, NULL);
  if (goes_on && !self->stopped)
    begin (self);
}

static void
begin (CfdRetentionWorker *self)
{
  self->again = self->busy;
  if (self->busy)
    return;
  self->busy = TRUE;
  cfd_db_submit (self->db, CFD_DB_WRITE, trim, trimmed, self);
}

static gboolean
every_hour (gpointer data)
{
  begin (data);
  return G_SOURCE_CONTINUE;
}

CfdRetentionWorker *
cfd_retention_worker_new (CfdDb *db)
{
  CfdRetentionWorker *self = g_new0 (CfdRetentionWorker, 1);

  self->db = db;
  self->source = g_timeout_add_seconds (EVERY_SECONDS, every_hour, self);
  begin (self);
  return self;
}

/**
 * cfd_retention_worker_heard:
 * A site may want something else from now on.
 */
void
cfd_retention_worker_heard (CfdRetentionWorker *self, const CfdChangeset *changes)
{
  for (guint i = 0; i < changes->records->len; i++)
    if (((const CfStruct *) changes->records->pdata[i])->shape == &cf_site_shape && !self->stopped)
      {
        begin (self);
        return;
      }
}

void
cfd_retention_worker_stop (CfdRetentionWorker *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  self->stopped = TRUE;
}

void
cfd_retention_worker_free (CfdRetentionWorker *self)
{
  g_free (self);
}
