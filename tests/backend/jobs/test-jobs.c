/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/jobs/job-service.h"
#include "backend/jobs/job-worker.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "tests/backend/features/world.h"

#define PATIENCE_US (30 * G_USEC_PER_SEC)

/* What the lane of the tests has done; its thread writes, the test reads when it is told of the end. */
static struct
{
  gint performed;  /* atomic */
  gint fail_first; /* tries that fail */
  int code;        /* with which error */
  gboolean hold;   /* until it is cancelled */
  char *finished;  /* ids, and why */
} lane;

static gpointer
prepare (CfdTx *tx, const CfdQueuedJob *job, GError **error)
{
  return g_strdup (job->payload);
}

static gboolean
perform (gpointer prepared, gpointer data, GCancellable *cancellable, GError **error)
{
  gint n = g_atomic_int_add (&lane.performed, 1);

  while (lane.hold && !g_cancellable_is_cancelled (cancellable))
    g_thread_yield ();
  if (lane.hold || n < lane.fail_first)
    g_set_error (error, CF_ERROR, lane.code, "no: %s", (const char *) prepared);
  return !lane.hold && n >= lane.fail_first;
}

static gboolean
finish (CfdTx *tx, const CfdQueuedJob *job, const char *why, GError **error)
{
  g_free (lane.finished);
  lane.finished = g_strdup_printf ("%s %s", job->subject_id, why != NULL ? why : "done");
  return TRUE;
}

static const CfdJobKind kind = { "thing", prepare, perform, g_free, finish };
static const CfdJobKind *const kinds[] = { &kind, NULL };

typedef struct
{
  World *world;
  const char *subject;
  gboolean fails;
  gint64 limit;
} Adding;

static gboolean
add (CfdTx *tx, gpointer data, GError **error)
{
  Adding *adding = data;
  g_autofree char *id = cf_id_new ();
  const CfdQueuedJob job = { .id = id, .organisation_id = adding->world->organisation_id, .lane = (char *) "test", .kind = (char *) "thing",
                             .payload = (char *) "payload", .subject_id = (char *) adding->subject, .visitor_id = (char *) "somebody",
                             .target = (char *) "target", .due_at = cfd_tx_now (tx) };

  if (adding->limit > 0 && !cfd_jobs_limit (tx, &job, adding->limit, adding->limit, 60000, error))
    return FALSE;
  if (!cfd_jobs_add (tx, &job, error))
    return FALSE;
  if (adding->fails)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "its cause came to nothing");
  return !adding->fails;
}

static gboolean
drop (CfdTx *tx, gpointer data, GError **error)
{
  return cfd_jobs_drop (tx, data, error);
}

static void
begin (int fail_first, int code)
{
  g_clear_pointer (&lane.finished, g_free);
  lane.performed = 0;
  lane.fail_first = fail_first;
  lane.code = code;
  lane.hold = FALSE;
}

static CfdJobWorker *
start (World *world, gint64 tries)
{
  return cfd_job_worker_new (world->db, &(const CfdJobWorkerOptions){ "test", kinds, NULL, tries, 1 });
}

/* Until the worker has told of so many ends. */
static const CfdJobStats *
wait_for (CfdJobWorker *worker, guint64 ends)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;
  const CfdJobStats *stats = cfd_job_worker_get_stats (worker);

  while (stats->done + stats->given_up < ends && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (stats->done + stats->given_up, ==, ends);
  return stats;
}

static void
test_done (void)
{
  g_autoptr (World) world = world_new ();
  Adding adding = { world, "a" };
  g_autoptr (CfdJobWorker) worker = NULL;

  begin (0, 0);
  g_assert_true (world_run (world, CFD_DB_WRITE, add, &adding, NULL));
  worker = start (world, 3);
  g_assert_cmpuint (wait_for (worker, 1)->done, ==, 1);
  g_assert_cmpstr (lane.finished, ==, "a done");
  g_assert_cmpint (lane.performed, ==, 1);
  /* one that comes while it runs */
  adding.subject = "b";
  g_assert_true (world_run (world, CFD_DB_WRITE, add, &adding, NULL));
  g_assert_cmpuint (wait_for (worker, 2)->waiting, ==, 0);
  g_assert_cmpint (temp_count (world->db, "SELECT count(*) FROM job WHERE finished_at > 0 AND payload IS NULL"), ==, 2);
}

static void
test_cause_undone (void)
{
  g_autoptr (World) world = world_new ();
  Adding adding = { world, "a", TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (CfdJobWorker) worker = NULL;

  begin (0, 0);
  g_assert_false (world_run (world, CFD_DB_WRITE, add, &adding, &error));
  g_assert_cmpint (temp_count (world->db, "SELECT count(*) FROM job"), ==, 0);
  adding = (Adding){ world, "b" };
  g_assert_true (world_run (world, CFD_DB_WRITE, add, &adding, NULL));
  worker = start (world, 3);
  wait_for (worker, 1);
  g_assert_cmpint (lane.performed, ==, 1);
}

static void
test_tried_again (void)
{
  g_autoptr (World) world = world_new ();
  Adding adding = { world, "a" };
  g_autoptr (CfdJobWorker) worker = NULL;
  const CfdJobStats *stats;

  begin (2, CF_ERROR_UNAVAILABLE);
  g_assert_true (world_run (world, CFD_DB_WRITE, add, &adding, NULL));
  worker = start (world, 5);
  stats = wait_for (worker, 1);
  g_assert_cmpuint (stats->done, ==, 1);
  g_assert_cmpuint (stats->failed_tries, ==, 2);
  g_assert_cmpstr (lane.finished, ==, "a done");
}

static void
test_given_up (void)
{
  g_autoptr (World) world = world_new ();
  Adding adding = { world, "a" };
  g_autoptr (CfdJobWorker) worker = NULL;

  begin (100, CF_ERROR_UNAVAILABLE);
  g_assert_true (world_run (world, CFD_DB_WRITE, add, &adding, NULL));
  worker = start (world, 2);
  g_assert_cmpuint (wait_for (worker, 1)->given_up, ==, 1);
  g_assert_cmpint (lane.performed, ==, 2);
  g_assert_cmpstr (lane.finished, ==, "a no: payload");
  /* what can never be done is not tried again */
  begin (100, CF_ERROR_INVALID);
  adding.subject = "b";
  g_assert_true (world_run (world, CFD_DB_WRITE, add, &adding, NULL));
  wait_for (worker, 2);
  g_assert_cmpint (lane.performed, ==, 1);
  g_assert_cmpstr (lane.finished, ==, "b no: payload");
}

static void
test_stopped (void)
{
  g_autoptr (World) world = world_new ();
  Adding adding = { world, "a" };
  CfdJobWorker *worker;

  begin (0, CF_ERROR_UNAVAILABLE);
  lane.hold = TRUE;
  g_assert_true (world_run (world, CFD_DB_WRITE, add, &adding, NULL));
  worker = start (world, 1);
  while (g_atomic_int_get (&lane.performed) == 0)
    g_main_context_iteration (NULL, FALSE);
  cfd_job_worker_free (worker);
  g_assert_null (lane.finished);
  g_assert_cmpint (temp_count (world->db, "SELECT count(*) FROM job WHERE finished_at = 0 AND tries = 0"), ==, 1);
  begin (0, 0);
  worker = start (world, 1);
  wait_for (worker, 1);
  g_assert_cmpstr (lane.finished, ==, "a done");
  cfd_job_worker_free (worker);
}

static void
test_dropped (void)
{
  g_autoptr (World) world = world_new ();
  Adding adding = { world, "a" };
  g_autoptr (CfdJobWorker) worker = NULL;

  begin (0, 0);
  g_assert_true (world_run (world, CFD_DB_WRITE, add, &adding, NULL));
  g_assert_true (world_run (world, CFD_DB_WRITE, drop, (gpointer) "a", NULL));
  adding.subject = "b";
  g_assert_true (world_run (world, CFD_DB_WRITE, add, &adding, NULL));
  worker = start (world, 1);
  wait_for (worker, 1);
  g_assert_cmpint (lane.performed, ==, 1);
  g_assert_cmpstr (lane.finished, ==, "b done");
}

static void
test_limit (void)
{
  g_autoptr (World) world = world_new ();
  Adding adding = { world, "a", .limit = 2 };
  g_autoptr (GError) error = NULL;

  g_assert_true (world_run (world, CFD_DB_WRITE, add, &adding, NULL));
  g_assert_true (world_run (world, CFD_DB_WRITE, add, &adding, NULL));
  g_assert_false (world_run (world, CFD_DB_WRITE, add, &adding, &error));
  g_assert_error (error, CF_ERROR, CF_ERROR_RATE_LIMITED);
}

static void
test_wait (void)
{
  g_assert_cmpint (cfd_queued_job_wait (1, 60000), ==, 60000);
  g_assert_cmpint (cfd_queued_job_wait (2, 60000), ==, 240000);
  g_assert_cmpint (cfd_queued_job_wait (50, 60000), ==, 6 * 3600 * 1000);
  g_assert_cmpint (cfd_queued_job_wait (1, 86400000), ==, 6 * 3600 * 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK); /* jobs that fail are warned of, and are meant to */
  g_test_add_func ("/backend/jobs/wait", test_wait);
  g_test_add_func ("/backend/jobs/done", test_done);
  g_test_add_func ("/backend/jobs/cause-undone", test_cause_undone);
  g_test_add_func ("/backend/jobs/tried-again", test_tried_again);
  g_test_add_func ("/backend/jobs/given-up", test_given_up);
  g_test_add_func ("/backend/jobs/stopped", test_stopped);
  g_test_add_func ("/backend/jobs/dropped", test_dropped);
  g_test_add_func ("/backend/jobs/limit", test_limit);
  return g_test_run ();
}
