/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "job-worker.h"

#include "backend/log.h"
#include "backend/worker.h"
#include "job-store.h"

/* An index is asked this often whether something is due: whoever adds a job need not know who does it, not even be the same program. */
#define LOOK_MS 1000
/* After a commit that failed. */
#define RETRY_MS 5000
#define AT_ONCE 16
#define TRIM_MS (60 * 60 * G_GINT64_CONSTANT (1000))
/* Finished ones are counted by limits, and by whoever wants to know what became of them. */
#define KEPT_MS (7 * 24 * 60 * 60 * G_GINT64_CONSTANT (1000))

struct _CfdJobWorker
{
  CfdDb *db;
  CfdJobWorkerOptions options;
  CfdWorker *worker;
  GCancellable *stopping;
  CfdJobStats stats;
  guint source;
  gint64 trimmed_at; /* the thread's */
};

/* One turn of the thread. */
typedef struct
{
  CfdJobWorker *self;
  GPtrArray *due;         /* of CfdQueuedJob */
  const CfdQueuedJob *job;      /* whose turn it is */
  const CfdJobKind *kind; /* nullable: nobody knows it */
  gpointer prepared;
  const char *why;
  gint64 waiting;
  guint done, failed_tries, given_up;
  gboolean failed; /* of the database */
} Turn;

static gboolean
find (CfdTx *tx, gpointer data, GError **error)
{
  Turn *turn = data;
  const char *lane = turn->self->options.lane;

  g_clear_pointer (&turn->due, g_ptr_array_unref);
  turn->due = cfd_job_store_due (tx, lane, cfd_tx_now (tx), AT_ONCE, error);
  turn->waiting = turn->due != NULL ? cfd_job_store_waiting (tx, lane, error) : -1;
  return turn->waiting >= 0;
}

static gboolean
prepare (CfdTx *tx, gpointer data, GError **error)
{
  Turn *turn = data;

  g_clear_pointer (&turn->prepared, turn->kind->discard);
  turn->prepared = turn->kind->prepare (tx, turn->job, error);
  return turn->prepared != NULL;
}

static gboolean
finish (CfdTx *tx, gpointer data, GError **error)
{
  const Turn *turn = data;
  gboolean there;

  /* Its person may have been erased, or it was dropped, while it was under way: then nothing is left to be told of. */
  if (!cfd_job_store_has (tx, turn->job->id, NULL, &there, error))
    return FALSE;
  return !there || (cfd_job_store_finish (tx, turn->job->id, turn->why, error)
                    && (turn->kind == NULL || turn->kind->finish (tx, turn->job, turn->why, error)));
}

static gboolean
put_off (CfdTx *tx, gpointer data, GError **error)
{
  const Turn *turn = data;
  gint64 wait = cfd_queued_job_wait (turn->job->tries + 1, turn->self->options.wait_ms);

  return cfd_job_store_put_off (tx, turn->job->id, cfd_tx_now (tx) + wait, turn->why, error);
}

static gboolean
trim (CfdTx *tx, gpointer data, GError **error)
{
  return cfd_job_store_trim (tx, cfd_tx_now (tx) - KEPT_MS, error);
}

static const CfdJobKind *
find_kind (CfdJobWorker *self, const char *name)
{
  for (const CfdJobKind *const *kind = self->options.kinds; *kind != NULL; kind++)
    if (g_str_equal ((*kind)->name, name))
      return *kind;
  return NULL;
}

static void
note_failure (Turn *turn, const char *what, const char *why)
{
  g_autofree char *tries = g_strdup_printf ("%" G_GINT64_FORMAT, turn->job->tries + 1);

  cfd_log (G_LOG_LEVEL_WARNING, "jobs", what, "kind", turn->job->kind, "job", turn->job->id, "tries", tries, "error", why, NULL);
}

/* Returns: FALSE when what became of it could not be stored: then it is done again. */
static gboolean
carry_out (Turn *turn, GError **error)
{
  CfdJobWorker *self = turn->self;
  g_autoptr (GError) problem = NULL;
  gboolean ok, final;

  turn->why = NULL;
  turn->kind = find_kind (self, turn->job->kind);
  ok = turn->kind != NULL && cfd_db_run (self->db, CFD_DB_READ, prepare, turn, &problem)
       && turn->kind->perform (turn->prepared, self->options.data, self->stopping, &problem);
  if (turn->kind != NULL)
    g_clear_pointer (&turn->prepared, turn->kind->discard);
  if (!ok && g_cancellable_is_cancelled (self->stopping))
    return TRUE;
  final = turn->kind == NULL || turn->job->tries + 1 >= self->options.tries || (problem != NULL && cfd_queued_job_is_final (problem));
  if (!ok)
    {
      turn->why = problem != NULL ? problem->message : "this server does not know how to do that";
      note_failure (turn, final ? "a job was given up" : "a job could not be done; it is tried again", turn->why);
    }
  turn->done += ok;
  turn->failed_tries += !ok;
  turn->given_up += !ok && final;
  return cfd_db_run (self->db, CFD_DB_WRITE, ok || final ? finish : put_off, turn, error);
}

static void
work (gpointer data)
{
  Turn *turn = data;
  CfdJobWorker *self = turn->self;
  g_autoptr (GError) error = NULL;
  gint64 now = g_get_monotonic_time () / 1000;

  turn->failed = !cfd_db_run (self->db, CFD_DB_READ, find, turn, &error);
  for (guint i = 0; !turn->failed && i < turn->due->len && !g_cancellable_is_cancelled (self->stopping); i++)
    {
      turn->job = turn->due->pdata[i];
      turn->failed = !carry_out (turn, &error);
    }
  if (!turn->failed && (self->trimmed_at == 0 || now - self->trimmed_at >= TRIM_MS) && !g_cancellable_is_cancelled (self->stopping))
    {
      turn->failed = !cfd_db_run (self->db, CFD_DB_WRITE, trim, turn, &error);
      self->trimmed_at = now;
    }
  if (turn->failed)
    cfd_log (G_LOG_LEVEL_WARNING, "jobs", "what became of a job could not be read or stored; it is tried again", "lane", self->options.lane,
             "error", error->message, NULL);
}

static gboolean begin (gpointer data);

static void
done (gpointer data)
{
  Turn *turn = data;
  CfdJobWorker *self = turn->self;
  gboolean full = turn->due != NULL && turn->due->len == AT_ONCE;

  self->stats.waiting = MAX (turn->waiting - turn->done - turn->given_up, 0);
  self->stats.done += turn->done;
  self->stats.failed_tries += turn->failed_tries;
  self->stats.given_up += turn->given_up;
  if (!g_cancellable_is_cancelled (self->stopping))
    self->source = g_timeout_add (turn->failed ? RETRY_MS : full ? 0 : LOOK_MS, begin, self);
  g_clear_pointer (&turn->due, g_ptr_array_unref);
  g_free (turn);
}

static gboolean
begin (gpointer data)
{
  CfdJobWorker *self = data;
  Turn *turn = g_new0 (Turn, 1);

  self->source = 0;
  turn->self = self;
  cfd_worker_submit (self->worker, work, done, turn);
  return G_SOURCE_REMOVE;
}

/**
 * cfd_job_worker_new:
 * Begins with what was not done when the server ended last.
 */
CfdJobWorker *
cfd_job_worker_new (CfdDb *db, const CfdJobWorkerOptions *options)
{
  CfdJobWorker *self = g_new0 (CfdJobWorker, 1);

  self->db = db;
  self->options = *options;
  self->stopping = g_cancellable_new ();
  self->worker = cfd_worker_new (options->lane);
  begin (self);
  return self;
}

const CfdJobStats *
cfd_job_worker_get_stats (CfdJobWorker *self)
{
  return &self->stats;
}

/**
 * cfd_job_worker_stop:
 * To be called before the database is closed. Breaks off what is under way; it is done again after the next start.
 */
void
cfd_job_worker_stop (CfdJobWorker *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_cancellable_cancel (self->stopping);
  g_clear_pointer (&self->worker, cfd_worker_free);
  g_clear_handle_id (&self->source, g_source_remove);
}

void
cfd_job_worker_free (CfdJobWorker *self)
{
  if (self->worker != NULL)
    cfd_job_worker_stop (self);
  g_object_unref (self->stopping);
  g_free (self);
}
