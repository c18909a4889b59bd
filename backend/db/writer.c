/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "writer.h"

#include "foreign.h"
#include "protocol/error.h"
#include "record-site.h"
#include "tx-private.h"

/* Some of those who wait are stored while others are answered and their makers send more: with 128 at work, a third each. */
#define MAX_BATCH 40
/* How often a running server looks for the commits of other processes, and whether a sick disk has recovered. */
#define LOOK_INTERVAL (1 * G_USEC_PER_SEC)
/* Calls come thick when the last commit is so short ago. Then the next one waits until its pace, so that at a thousand messages a second
 * most commits carry two or three, at little more than the price of one. A transaction begins not earlier after the one before than its pace. */
#define THICK (4 * G_USEC_PER_SEC / 1000)
#define PACE (17 * G_USEC_PER_SEC / 10000)
/* So many calls are worth a commit, and put off what can wait. */
#define MANY_CALLS 16

/* Agents who have a list of sites are few, and as a rule none. */
#define SOME_LIMITED                                                                                          \
  "SELECT count(*) FROM (SELECT 1 FROM agent WHERE organisation_id IN (SELECT id FROM organisation) AND sites IS NOT NULL LIMIT 1)"

struct _CfdWriter
{
  GThread *thread;
  CfdConnection *connection;
  CfdDelivery *delivery;
  CfdCheckpointer *checkpointer;
  CfdSearchFollower *search;
  CfdForeign *foreign;
  CfdCounters *counters;
  gboolean limits;    /* there are agents, or have been, who do not see all sites */
  gboolean thick;     /* the last transaction came soon after the one before */
  gint64 begun;       /* monotonic us: the last transaction */
  guint usual;        /* calls in a transaction of late */
  GAsyncQueue *queue; /* of CfdDbCall */
  int stopping;       /* atomic */
  GMutex mutex;
  CfdDbStats stats; /* guarded */
};

static void
changeset_unref (gpointer data)
{
  cfd_changeset_unref (data);
}

static guint
size_bucket (guint n_calls)
{
  guint bucket = 0;

  while (bucket < 7 && n_calls > (1u << bucket))
    bucket++;
  return bucket;
}

static void
count_commit (CfdWriter *self, GPtrArray *calls, gint64 begun, gint64 microseconds)
{
  guint n_failed = 0;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < calls->len; i++)
    {
      const CfdDbCall *call = calls->pdata[i];

      n_failed += call->error != NULL;
      cfd_histogram_add (&self->stats.write_wait, begun - call->submitted);
    }
  self->stats.commits++;
  self->stats.calls += calls->len;
  self->stats.committed_calls += calls->len;
  self->stats.failed_calls += n_failed;
  self->stats.commit_size_buckets[size_bucket (calls->len)]++;
  cfd_histogram_add (&self->stats.commit_time, microseconds);
  self->stats.writable = TRUE;
  g_mutex_unlock (&self->mutex);
}

static void
count_failed_commit (CfdWriter *self, guint n_calls, const GError *error)
{
  g_mutex_lock (&self->mutex);
  self->stats.calls += n_calls;
  self->stats.failed_calls += n_calls;
  self->stats.failed_commits++;
  self->stats.writable = FALSE;
  g_strlcpy (self->stats.last_error, error->message, sizeof self->stats.last_error);
  g_mutex_unlock (&self->mutex);
}

static gboolean
command (CfdWriter *self, const char *sql, GError **error)
{
  return cfd_connection_command (self->connection, sql, error);
}

static gboolean
in_transaction (CfdWriter *self)
{
  return self->connection->driver->in_transaction (self->connection->handle);
}

/* What is known of the database may not be so any more. */
static void
forget (CfdWriter *self)
{
  cfd_counters_clear (self->counters);
  cfd_recent_clear (self->connection->recent);
}

static void
roll_back (CfdWriter *self)
{
  forget (self);
  if (in_transaction (self))
    command (self, "ROLLBACK", NULL);
}

/* While every agent sees all sites nobody asks of which one a change is, and it costs nothing. */
static gboolean
find_sites (CfdWriter *self, CfdTx *tx, CfdChangeset *changes, GError **error)
{
  self->limits = self->limits || cfd_changeset_limits (changes);
  return !self->limits || cfd_changeset_find_sites (tx, changes, error);
}

static gboolean
collect_foreign (CfdWriter *self, CfdTx *tx, GPtrArray *changes, GError **error)
{
  if (!cfd_foreign_collect (self->foreign, tx, changes, error))
    return FALSE;
  for (guint i = 0; i < changes->len; i++)
    if (!find_sites (self, tx, changes->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* Starts the transaction. What other processes have committed is collected under the lock, so that our own revisions follow
 * on it without a hole. */
static gboolean
begin (CfdWriter *self, GPtrArray *changes, GError **error)
{
  g_auto (CfdTx) tx = { NULL };

  if (!command (self, self->connection->driver->begin, error))
    return FALSE;
  cfd_tx_init (&tx, self->connection, NULL);
  if (!cfd_foreign_is_due (self->foreign, &tx))
    return TRUE;
  forget (self);
  return !cfd_delivery_publishes (self->delivery) || collect_foreign (self, &tx, changes, error);
}

/* Stores the revisions that were given out. */
static gboolean
store_counters (CfdWriter *self, GError **error)
{
  g_auto (CfdTx) tx = { NULL };

  cfd_tx_init (&tx, self->connection, self->counters);
  return cfd_counters_store (self->counters, &tx, error);
}

/* @spoilt: the call has failed after it had written. Returns: FALSE when the whole transaction is lost. */
static gboolean
run_call (CfdWriter *self, CfdDbCall *call, gboolean *spoilt, GError **error)
{
  g_auto (CfdTx) tx = { NULL };
  gboolean ok;

  cfd_tx_init (&tx, self->connection, self->counters);
  ok = cfd_db_call_work (call, &tx);
  if (!in_transaction (self))
    {
      g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "the transaction was rolled back by the engine: %s",
                   ok ? "no error was reported" : call->error->message);
      return FALSE;
    }
  *spoilt = !ok && tx.wrote;
  if (ok)
    {
      if (tx.changes != NULL && !find_sites (self, &tx, tx.changes, error))
        return FALSE;
      call->changes = g_steal_pointer (&tx.changes);
      if (call->changes != NULL)
        call->changes->submitted = call->submitted;
    }
  return TRUE;
}

/* The usual way: one call after the other, with nothing between them, for a call that fails has hardly ever written before.
 * @spoilt: one had, and everything has to be undone. */
static gboolean
run_together (CfdWriter *self, GPtrArray *calls, gboolean *spoilt, GError **error)
{
  gboolean ok = TRUE;

  *spoilt = FALSE;
  for (guint i = 0; ok && !*spoilt && i < calls->len; i++)
    ok = run_call (self, calls->pdata[i], spoilt, error);
  return ok;
}

/* A savepoint for each: what fails alone is undone alone. A savepoint copies every page that is touched within it. */
static gboolean
run_apart (CfdWriter *self, GPtrArray *calls, GError **error)
{
  for (guint i = 0; i < calls->len; i++)
    {
      gboolean spoilt = FALSE;

      if (!command (self, "SAVEPOINT one_call", error) || !run_call (self, calls->pdata[i], &spoilt, error))
        return FALSE;
      if (spoilt)
        forget (self);
      if (spoilt ? !command (self, "ROLLBACK TO one_call", error) : !store_counters (self, error))
        return FALSE;
      if (!command (self, "RELEASE one_call", error))
        return FALSE;
    }
  return TRUE;
}

/* Undoes all and runs it once more, each call apart. */
static gboolean
run_again (CfdWriter *self, GPtrArray *calls, GPtrArray *changes, GError **error)
{
  roll_back (self);
  for (guint i = 0; i < calls->len; i++)
    cfd_db_call_reset (calls->pdata[i]);
  return begin (self, changes, error) && run_apart (self, calls, error);
}

/* All calls of a lost transaction may be sent again, whatever the engine calls the reason. */
static void
fail_batch (CfdWriter *self, GPtrArray *calls, const GError *reason)
{
  g_autoptr (GError) error = g_error_new (CF_ERROR, CF_ERROR_UNAVAILABLE, "nothing can be stored now: %s", reason->message);

  for (guint i = 0; i < calls->len; i++)
    cfd_db_call_fail (calls->pdata[i], error);
  count_failed_commit (self, calls->len, error);
}

static gboolean
many_wait (CfdWriter *self)
{
  return g_async_queue_length (self->queue) >= MANY_CALLS;
}

/* Those whose calls were just stored may be about to send more. */
static gboolean
is_busy (CfdWriter *self)
{
  return self->usual >= MANY_CALLS || many_wait (self);
}

static void
run_batch (CfdWriter *self, GPtrArray *calls)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (changeset_unref);
  g_autoptr (GError) error = NULL;
  gint64 begun = g_get_monotonic_time ();
  gboolean spoilt = FALSE;
  gboolean ok = begin (self, changes, &error) && run_together (self, calls, &spoilt, &error);
  gint64 start;

  if (spoilt)
    ok = run_again (self, calls, changes, &error);
  start = g_get_monotonic_time ();
  ok = ok && store_counters (self, &error) && command (self, "COMMIT", &error);
  if (ok)
    count_commit (self, calls, begun, g_get_monotonic_time () - start);
  else
    {
      roll_back (self);
      fail_batch (self, calls, error);
    }
  for (guint i = 0; i < calls->len; i++)
    {
      CfdDbCall *call = calls->pdata[i];

      if (call->changes == NULL)
        continue;
      cfd_foreign_note (self->foreign, call->changes);
      g_ptr_array_add (changes, cfd_changeset_ref (call->changes));
    }
  cfd_delivery_put (self->delivery, changes, (CfdDbCall **) calls->pdata, calls->len);
  if (ok)
    {
      cfd_checkpointer_committed (self->checkpointer, self->connection);
      cfd_search_follower_note (self->search, is_busy (self));
    }
  else
    cfd_checkpointer_failed (self->checkpointer);
}

/* Publishes what other processes have committed since. */
static void
look_for_foreign (CfdWriter *self)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (changeset_unref);
  g_auto (CfdTx) tx = { NULL };

  cfd_tx_init (&tx, self->connection, NULL);
  if (!cfd_foreign_is_due (self->foreign, &tx) || !command (self, "BEGIN", NULL))
    return;
  /* an error leaves it due: the next look tries again */
  if (collect_foreign (self, &tx, changes, NULL))
    {
      cfd_delivery_put (self->delivery, changes, NULL, 0);
      cfd_search_follower_note (self->search, FALSE);
    }
  roll_back (self);
}

/* Writes and syncs one page, so that a server that stands still hears when its disk takes writes again. */
static void
look_for_recovery (CfdWriter *self)
{
  gboolean sick;

  g_mutex_lock (&self->mutex);
  sick = !self->stats.writable;
  g_mutex_unlock (&self->mutex);
  if (!sick)
    return;
  cfd_checkpointer_failed (self->checkpointer);
  if (command (self, "UPDATE schema SET version = version", NULL))
    {
      g_mutex_lock (&self->mutex);
      self->stats.writable = TRUE;
      g_mutex_unlock (&self->mutex);
    }
}

/* A call that comes alone is stored at once; those that come thick wait a little for one another. Nobody needs to wake a thread that rests
 * by the clock, which is half of what handing over a call costs. */
static void
keep_pace (CfdWriter *self)
{
  gint64 wait = self->begun + PACE - g_get_monotonic_time ();

  if (self->thick && wait > 0 && !many_wait (self))
    g_usleep (wait);
}

/* Waits for a call, then takes all that wait. Returns FALSE when there was none for a while. */
static gboolean
take_batch (CfdWriter *self, GPtrArray *calls)
{
  gint64 patience = cfd_delivery_publishes (self->delivery) ? LOOK_INTERVAL : G_MAXINT64;
  CfdDbCall *call;

  keep_pace (self);
  call = patience == G_MAXINT64 ? g_async_queue_pop (self->queue) : g_async_queue_timeout_pop (self->queue, patience);
  if (call == NULL)
    return FALSE;
  if (call->work != NULL)
    {
      self->thick = call->submitted < self->begun + THICK;
      self->begun = g_get_monotonic_time ();
    }
  g_async_queue_lock (self->queue);
  for (; call != NULL; call = calls->len < MAX_BATCH ? g_async_queue_try_pop_unlocked (self->queue) : NULL)
    if (call->work != NULL)
      g_ptr_array_add (calls, call);
    else
      cfd_db_call_finish (call);
  g_async_queue_unlock (self->queue);
  self->usual = (3 * self->usual + calls->len + 2) / 4;
  return TRUE;
}

static gpointer
writer_thread (gpointer data)
{
  CfdWriter *self = data;
  g_autoptr (GPtrArray) calls = g_ptr_array_new ();

  while (!g_atomic_int_get (&self->stopping) || g_async_queue_length (self->queue) > 0)
    {
      g_ptr_array_set_size (calls, 0);
      if (!take_batch (self, calls))
        {
          self->usual = 0;
          look_for_foreign (self);
          look_for_recovery (self);
        }
      else if (calls->len > 0)
        run_batch (self, calls);
    }
  return NULL;
}

/**
 * cfd_writer_start:
 * @connection: (transfer none): for writing; belongs to the thread until cfd_writer_stop()
 *
 * What the database holds now counts as published.
 */
CfdWriter *
cfd_writer_start (CfdConnection *connection, CfdDelivery *delivery, CfdCheckpointer *checkpointer, CfdSearchFollower *search, GError **error)
{
  CfdForeign *foreign = cfd_foreign_new ();
  g_auto (CfdTx) tx = { NULL };
  gint64 limited = -1;
  CfdWriter *self;

  cfd_tx_init (&tx, connection, NULL);
  if (cfd_foreign_skip (foreign, &tx, error))
    limited = cfd_rows_only (cfd_tx_query (&tx, error, SOME_LIMITED, NULL), error);
  if (limited < 0)
    {
      cfd_foreign_free (foreign);
      return NULL;
    }
  self = g_new0 (CfdWriter, 1);
  self->connection = connection;
  connection->recent = cfd_recent_new ();
  self->delivery = delivery;
  self->checkpointer = checkpointer;
  self->search = search;
  self->foreign = foreign;
  self->counters = cfd_counters_new ();
  self->limits = limited > 0;
  self->queue = g_async_queue_new ();
  self->stats.writable = TRUE;
  g_mutex_init (&self->mutex);
  self->thread = g_thread_new ("db-writer", writer_thread, self);
  return self;
}

/**
 * cfd_writer_submit:
 * @call: (transfer full): run soon, in the order of submission; from any thread
 */
void
cfd_writer_submit (CfdWriter *self, CfdDbCall *call)
{
  g_async_queue_push (self->queue, call);
}

/**
 * cfd_writer_wake:
 * Makes the thread look again at whether anybody hears of changes.
 */
void
cfd_writer_wake (CfdWriter *self)
{
  g_async_queue_push (self->queue, cfd_db_call_new (NULL, NULL, NULL, FALSE));
}

/**
 * cfd_writer_is_self:
 * Returns: whether the caller is the writing thread.
 */
gboolean
cfd_writer_is_self (CfdWriter *self)
{
  return self->thread == g_thread_self ();
}

/**
 * cfd_writer_get_stats:
 * @out: its part about writing is filled
 */
void
cfd_writer_get_stats (CfdWriter *self, CfdDbStats *out)
{
  g_mutex_lock (&self->mutex);
  *out = self->stats;
  g_mutex_unlock (&self->mutex);
  out->write_queue = MAX (g_async_queue_length (self->queue), 0);
}

/**
 * cfd_writer_stop:
 * Runs what was submitted, then ends the thread.
 */
void
cfd_writer_stop (CfdWriter *self)
{
  if (self == NULL)
    return;
  g_atomic_int_set (&self->stopping, 1);
  cfd_writer_wake (self);
  g_thread_join (self->thread);
  g_async_queue_unref (self->queue);
  cfd_foreign_free (self->foreign);
  cfd_counters_free (self->counters);
  g_mutex_clear (&self->mutex);
  g_free (self);
}
