/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers.h"
#include "temp-db.h"

#include "protocol/error.h"
#include "protocol/id.h"

/* One submitted write and what became of it. */
typedef struct
{
  TempDb *temp;
  CfMessage *message;
  gboolean fails;
  gboolean finished;
  GError *error;
  guint n_published_before; /* when its done ran */
} Write;

static TempDb *
open_temp (gconstpointer driver)
{
  TempDb *temp = temp_db_new (driver);

  temp_db_open (temp);
  temp_db_listen (temp);
  return temp;
}

static Write *
write_new (TempDb *temp, const char *organisation_id, gboolean fails)
{
  Write *write = g_new0 (Write, 1);

  write->temp = temp;
  write->message = temp_message_new (organisation_id, "hello");
  write->fails = fails;
  return write;
}

static void
write_free (gpointer data)
{
  Write *write = data;

  cf_struct_unref (write->message);
  g_clear_error (&write->error);
  g_free (write);
}

static gboolean
write_work (CfdTx *tx, gpointer data, GError **error)
{
  Write *write = data;

  if (!cfd_tx_put (tx, write->message, error))
    return FALSE;
  if (write->fails)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_FORBIDDEN, "changed my mind");
  return !write->fails;
}

static void
write_done (gpointer data, const GError *error)
{
  Write *write = data;

  write->finished = TRUE;
  write->error = error != NULL ? g_error_copy (error) : NULL;
  write->n_published_before = write->temp->published->len;
  write->temp->n_done++;
  write->temp->n_failed += error != NULL;
}

static void
assert_contiguous (TempDb *temp, gint64 first)
{
  for (guint i = 0; i < temp->published->len; i++)
    g_assert_cmpint (((CfdChangeset *) temp->published->pdata[i])->rev, ==, first + i);
}

/* Keeps a thread of the database busy until it is let go. */
typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean entered, released;
} Gate;

static gboolean
gate_work (CfdTx *tx, gpointer data, GError **error)
{
  Gate *gate = data;

  g_mutex_lock (&gate->mutex);
  gate->entered = TRUE;
  g_cond_broadcast (&gate->cond);
  while (!gate->released)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
  return TRUE;
}

static void
gate_wait_entered (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  while (!gate->entered)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
}

static void
gate_release (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  gate->released = TRUE;
  g_cond_broadcast (&gate->cond);
  g_mutex_unlock (&gate->mutex);
}

/* 1,000 writes at once, every tenth of which fails: few commits, a revision for each that did not fail, published in
 * order and before the caller hears of it. */
static void
test_group_commit (gconstpointer driver)
{
  g_autoptr (TempDb) temp = open_temp (driver);
  g_autoptr (CfOrganisation) organisation = temp_db_organisation (temp);
  g_autoptr (GPtrArray) writes = g_ptr_array_new_with_free_func (write_free);
  Gate gate = { .entered = FALSE };
  CfdDbStats stats;

  cfd_db_submit (temp->db, CFD_DB_WRITE, gate_work, NULL, &gate);
  gate_wait_entered (&gate);
  for (guint i = 0; i < 1000; i++)
    {
      g_ptr_array_add (writes, write_new (temp, organisation->parent.id, i % 10 == 3));
      cfd_db_submit (temp->db, CFD_DB_WRITE, write_work, write_done, writes->pdata[i]);
    }
  cfd_db_get_stats (temp->db, &stats);
  g_assert_cmpuint (stats.write_queue, ==, 1000);
  gate_release (&gate);
  temp_wait (temp->n_done == 1000);

  cfd_db_get_stats (temp->db, &stats);
  g_assert_cmpuint (stats.commits, ==, 27); /* the organisation, the gate, 25 of 40 */
  g_assert_cmpuint (stats.calls, ==, 1002);
  g_assert_cmpuint (stats.failed_calls, ==, 100);
  g_assert_cmpuint (stats.failed_commits, ==, 0);
  g_assert_cmpuint (stats.commit_size_buckets[0], ==, 2);
  g_assert_cmpuint (stats.commit_size_buckets[6], ==, 25);
  g_assert_true (stats.writable);
  g_assert_cmpuint (temp->published->len, ==, 901);
  assert_contiguous (temp, 1);
  g_assert_cmpint (temp_count (temp->db, "SELECT count(*) FROM message"), ==, 900);
  for (guint i = 0, n_ok = 0; i < 1000; i++)
    {
      Write *write = writes->pdata[i];

      if (i % 10 == 3)
        {
          g_assert_error (write->error, CF_ERROR, CF_ERROR_FORBIDDEN);
          continue;
        }
      n_ok++;
      g_assert_no_error (write->error);
      g_assert_cmpint (write->message->parent.rev, ==, 1 + n_ok);
      g_assert_cmpuint (write->n_published_before, >=, write->message->parent.rev);
    }
}

/* Stands for an engine that rolls back by itself, as SQLite may on a full disk. */
static gboolean
roll_back_work (CfdTx *tx, gpointer data, GError **error)
{
  return cfd_tx_execute (tx, error, "ROLLBACK", NULL);
}

static void
test_lost_transaction (gconstpointer driver)
{
  g_autoptr (TempDb) temp = open_temp (driver);
  g_autoptr (CfOrganisation) organisation = temp_db_organisation (temp);
  g_autoptr (GPtrArray) writes = g_ptr_array_new_with_free_func (write_free);
  g_autoptr (GError) error = NULL;
  Gate gate = { .entered = FALSE };
  CfdDbStats stats;

  cfd_db_submit (temp->db, CFD_DB_WRITE, gate_work, NULL, &gate);
  gate_wait_entered (&gate);
  for (guint i = 0; i < 10; i++)
    {
      g_ptr_array_add (writes, write_new (temp, organisation->parent.id, i == 3));
      cfd_db_submit (temp->db, CFD_DB_WRITE, write_work, write_done, writes->pdata[i]);
      if (i == 5)
        cfd_db_submit (temp->db, CFD_DB_WRITE, roll_back_work, NULL, NULL);
    }
  gate_release (&gate);
  temp_wait (temp->n_done == 10);
  for (guint i = 0; i < 10; i++)
    g_assert_error (((Write *) writes->pdata[i])->error, CF_ERROR, CF_ERROR_UNAVAILABLE);
  cfd_db_get_stats (temp->db, &stats);
  g_assert_cmpuint (stats.failed_commits, ==, 1);
  g_assert_false (stats.writable);
  g_assert_cmpint (temp_count (temp->db, "SELECT count(*) FROM message"), ==, 0);

  cfd_db_run (temp->db, CFD_DB_WRITE, temp_put, ((Write *) writes->pdata[0])->message, &error);
  g_assert_no_error (error);
  temp_wait (temp->published->len == 2);
  assert_contiguous (temp, 1);
  cfd_db_get_stats (temp->db, &stats);
  g_assert_true (stats.writable);
}

typedef struct
{
  TempDb *temp;
  const char *organisation_id;
  gint64 last_rev;
} Submitter;

static gpointer
submit_many (gpointer data)
{
  Submitter *self = data;

  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (CfMessage) message = temp_message_new (self->organisation_id, "from a thread");
      g_autoptr (GError) error = NULL;

      cfd_db_run (self->temp->db, CFD_DB_WRITE, temp_put, message, &error);
      g_assert_no_error (error);
      g_assert_cmpint (message->parent.rev, >, self->last_rev);
      self->last_rev = message->parent.rev;
    }
  return NULL;
}

static void
test_many_threads (gconstpointer driver)
{
  g_autoptr (TempDb) temp = open_temp (driver);
  g_autoptr (CfOrganisation) organisation = temp_db_organisation (temp);
  Submitter submitters[16];
  GThread *threads[16];

  for (guint i = 0; i < 16; i++)
    {
      submitters[i] = (Submitter) { temp, organisation->parent.id, 0 };
      threads[i] = g_thread_new ("submitter", submit_many, &submitters[i]);
    }
  temp_wait (temp->published->len == 1601);
  for (guint i = 0; i < 16; i++)
    g_thread_join (threads[i]);
  assert_contiguous (temp, 1);
  g_assert_cmpint (temp_count (temp->db, "SELECT count(DISTINCT rev) FROM message"), ==, 1600);
}

static void
test_close_with_queue (gconstpointer driver)
{
  g_autoptr (TempDb) temp = open_temp (driver);
  g_autoptr (CfOrganisation) organisation = temp_db_organisation (temp);
  g_autoptr (GPtrArray) writes = g_ptr_array_new_with_free_func (write_free);

  for (guint i = 0; i < 1000; i++)
    {
      g_ptr_array_add (writes, write_new (temp, organisation->parent.id, FALSE));
      cfd_db_submit (temp->db, CFD_DB_WRITE, write_work, write_done, writes->pdata[i]);
    }
  temp_db_close (temp);
  g_assert_cmpuint (temp->n_done, ==, 1000);
  g_assert_cmpuint (temp->n_failed, ==, 0);
  g_assert_cmpuint (temp->published->len, ==, 1001);
  temp_db_open (temp);
  g_assert_cmpint (temp_count (temp->db, "SELECT count(*) FROM message"), ==, 1000);
}

static void
submit_more (gpointer data, const GError *error)
{
  Write *write = data;

  g_assert_no_error (error);
  cfd_db_submit (write->temp->db, CFD_DB_WRITE, write_work, write_done, write);
}

/* A done that submits another call while the database closes hears that it cannot be. */
static void
test_submit_while_closing (gconstpointer driver)
{
  g_autoptr (TempDb) temp = open_temp (driver);
  g_autoptr (CfOrganisation) organisation = temp_db_organisation (temp);
  Write *write = write_new (temp, organisation->parent.id, FALSE);

  cfd_db_submit (temp->db, CFD_DB_WRITE, write_work, submit_more, write);
  temp_db_close (temp);
  g_assert_true (write->finished);
  g_assert_error (write->error, CF_ERROR, CF_ERROR_UNAVAILABLE);
  write_free (write);
}

typedef struct
{
  TempDb *temp;
  Gate gate;
  gint64 before, after;
} Snapshot;

static gint64
read_number (CfdTx *tx, const char *sql, GError **error)
{
  g_autoptr (CfdRows) rows = cfd_tx_query (tx, error, sql, NULL);

  return rows != NULL && cfd_rows_next (rows, error) ? cfd_rows_integer (rows, 0) : -1;
}

static gboolean
snapshot_work (CfdTx *tx, gpointer data, GError **error)
{
  Snapshot *self = data;

  self->before = read_number (tx, "SELECT count(*) FROM message", error);
  gate_work (tx, &self->gate, error);
  self->after = read_number (tx, "SELECT count(*) FROM message", error);
  return self->after >= 0;
}

static void
snapshot_done (gpointer data, const GError *error)
{
  g_assert_no_error (error);
  ((Snapshot *) data)->temp->n_done++;
}

/* A reading call sees one state throughout, and does not hold up writes. */
static void
test_snapshot (gconstpointer driver)
{
  g_autoptr (TempDb) temp = open_temp (driver);
  g_autoptr (CfOrganisation) organisation = temp_db_organisation (temp);
  g_autoptr (CfMessage) message = temp_message_new (organisation->parent.id, "meanwhile");
  Snapshot snapshot = { .temp = temp };
  g_autoptr (GError) error = NULL;

  cfd_db_submit (temp->db, CFD_DB_READ, snapshot_work, snapshot_done, &snapshot);
  gate_wait_entered (&snapshot.gate);
  cfd_db_run (temp->db, CFD_DB_WRITE, temp_put, message, &error);
  g_assert_no_error (error);
  g_assert_cmpint (temp_count (temp->db, "SELECT count(*) FROM message"), ==, 1); /* the other reader */
  gate_release (&snapshot.gate);
  temp_wait (temp->n_done == 1);
  g_assert_cmpint (snapshot.before, ==, 0);
  g_assert_cmpint (snapshot.after, ==, 0);
}

static gboolean
slow_work (CfdTx *tx, gpointer data, GError **error)
{
  Write *write = data;

  if (read_number (tx, "SELECT count(*) FROM message", error) != 0)
    return FALSE;
  if (!cfd_db_run (write->temp->db, CFD_DB_WRITE, write_work, write, error))
    return FALSE;
  return read_number (tx, "SELECT count(*) FROM message", error) == 1;
}

/* Slow work writes by cfd_db_run() and sees it, also while the database closes. */
static void
test_slow_writes (gconstpointer driver)
{
  g_autoptr (TempDb) temp = open_temp (driver);
  g_autoptr (CfOrganisation) organisation = temp_db_organisation (temp);
  Write *write = write_new (temp, organisation->parent.id, FALSE);

  cfd_db_submit (temp->db, CFD_DB_SLOW, slow_work, write_done, write);
  temp_db_close (temp);
  g_assert_true (write->finished);
  g_assert_no_error (write->error);
  write_free (write);
}

/* Another process (here a second CfdDb) writes: heard of without a write of our own, and in its place before one. */
static void
test_foreign_commits (gconstpointer driver)
{
  g_autoptr (TempDb) temp = open_temp (driver);
  g_autoptr (CfOrganisation) organisation = temp_db_organisation (temp);
  g_autoptr (CfdDb) other = cfd_db_open (driver, temp->path, FALSE, NULL);
  g_autoptr (CfMessage) kept = temp_message_new (organisation->parent.id, "foreign");
  g_autoptr (CfMessage) taken = temp_message_new (organisation->parent.id, "foreign, then overwritten");
  g_autoptr (CfMessage) own = temp_message_new (organisation->parent.id, "own");
  CfMessage *foreign[] = { taken, kept, taken };
  CfdChangeset *changes;

  for (guint i = 0; i < 3; i++)
    g_assert_true (cfd_db_run (other, CFD_DB_WRITE, temp_put, foreign[i], NULL)); /* 2, 3, 4 */
  g_assert_true (cfd_db_run (temp->db, CFD_DB_WRITE, temp_put, own, NULL)); /* 5 */
  g_assert_cmpint (own->parent.rev, ==, 5);
  temp_wait (temp->published->len == 5);
  assert_contiguous (temp, 1);
  changes = temp->published->pdata[1];
  g_assert_cmpuint (changes->records->len, ==, 0); /* revision 4 has taken it */
  changes = temp->published->pdata[2];
  g_assert_cmpuint (changes->records->len, ==, 1);
  g_assert_true (cf_struct_equal (changes->records->pdata[0], kept));
  changes = temp->published->pdata[3];
  g_assert_true (cf_struct_equal (changes->records->pdata[0], taken));

  g_assert_true (cfd_db_run (other, CFD_DB_WRITE, temp_put, kept, NULL)); /* 6, while we stand still */
  temp_wait (temp->published->len == 6);
  changes = temp->published->pdata[5];
  g_assert_cmpint (changes->rev, ==, 6);
  g_assert_true (cf_struct_equal (changes->records->pdata[0], kept));
}

/* What the next call reads of a message, whoever has changed it. */
typedef struct
{
  const char *id;
  const char *becomes; /* nullable: then it is only read */
  gboolean fails;
  char *was;
} Change;

static gboolean
change_work (CfdTx *tx, gpointer data, GError **error)
{
  Change *change = data;
  g_autoptr (CfMessage) message = cfd_tx_get (tx, error, &cf_message_shape, change->id);

  if (message == NULL)
    return FALSE;
  g_free (change->was);
  change->was = g_steal_pointer (&message->text);
  if (change->becomes == NULL)
    return TRUE;
  message->text = g_strdup (change->becomes);
  if (!cfd_tx_put (tx, message, error))
    return FALSE;
  if (change->fails)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_FORBIDDEN, "changed my mind");
  return !change->fails;
}

static gboolean
by_hand_work (CfdTx *tx, gpointer data, GError **error)
{
  return cfd_tx_execute (tx, error, "UPDATE message SET text = 'by hand' WHERE id = $1", "t", data);
}

static void
assert_reads (CfdDb *db, const char *id, const char *expected)
{
  Change look = { .id = id };
  g_autofree char *was = NULL;

  g_assert_true (cfd_db_run (db, CFD_DB_WRITE, change_work, &look, NULL));
  was = look.was;
  g_assert_cmpstr (was, ==, expected);
}

static void
change (CfdDb *db, const char *id, const char *text, gboolean fails)
{
  Change change = { .id = id, .becomes = text, .fails = fails };

  g_assert_true (cfd_db_run (db, CFD_DB_WRITE, change_work, &change, NULL) == !fails);
  g_free (change.was);
}

/* The writing thread remembers what it has changed, and forgets it when it is no longer so. */
static void
test_remembered (gconstpointer driver)
{
  g_autoptr (TempDb) temp = open_temp (driver);
  g_autoptr (CfOrganisation) organisation = temp_db_organisation (temp);
  g_autoptr (CfdDb) other = cfd_db_open (driver, temp->path, FALSE, NULL);
  g_autoptr (CfMessage) message = temp_message_new (organisation->parent.id, "first");
  const char *id = message->parent.id;

  g_assert_true (cfd_db_run (temp->db, CFD_DB_WRITE, temp_put, message, NULL));
  change (temp->db, id, "second", FALSE);
  assert_reads (temp->db, id, "second");
  change (other, id, "elsewhere", FALSE);
  assert_reads (temp->db, id, "elsewhere");
  change (temp->db, id, "third", FALSE);
  change (other, id, "elsewhere again", FALSE);
  temp_wait (temp->published->len == 6); /* heard of while it stood still */
  assert_reads (temp->db, id, "elsewhere again");
  change (temp->db, id, "fourth", FALSE);
  change (temp->db, id, "undone", TRUE);
  assert_reads (temp->db, id, "fourth");
  g_assert_true (cfd_db_run (temp->db, CFD_DB_WRITE, by_hand_work, (gpointer) id, NULL));
  assert_reads (temp->db, id, "by hand");
  message->parent.rev = 0; /* stored as if it were new */
  g_free (message->text);
  message->text = g_strdup ("anew");
  g_assert_true (cfd_db_run (temp->db, CFD_DB_WRITE, temp_put, message, NULL));
  assert_reads (temp->db, id, "anew");
}

/* Two writing processes at once: both get through, and what the server publishes has no hole. */
static void
test_two_processes (gconstpointer driver)
{
  g_autoptr (TempDb) temp = open_temp (driver);
  g_autoptr (CfOrganisation) organisation = temp_db_organisation (temp);
  TempDb second = { .db = cfd_db_open (driver, temp->path, FALSE, NULL) };
  Submitter ours = { temp, organisation->parent.id, 0 }, theirs = { &second, organisation->parent.id, 0 };
  GThread *a = g_thread_new ("ours", submit_many, &ours), *b = g_thread_new ("theirs", submit_many, &theirs);

  temp_wait (temp->published->len == 201);
  g_thread_join (a);
  g_thread_join (b);
  assert_contiguous (temp, 1);
  cfd_db_close (second.db);
}

static void
test_nobody_listens (gconstpointer driver)
{
  g_autoptr (TempDb) temp = temp_db_new (driver);
  g_autoptr (CfOrganisation) organisation = NULL;

  temp_db_open (temp);
  organisation = temp_db_organisation (temp);
  temp_db_listen (temp);
  temp_db_close (temp);
  g_assert_cmpuint (temp->published->len, ==, 0);
  temp_db_open (temp);
  temp_db_listen (temp);
  temp_db_close (temp);
  g_assert_cmpuint (temp->published->len, ==, 0); /* what was there before is no news */
}

/* Not a test: how many durable writes a second, with some in flight. */
static double
measure (TempDb *temp, const char *organisation_id, guint in_flight, guint n)
{
  g_autoptr (GPtrArray) writes = g_ptr_array_new_with_free_func (write_free);
  gint64 start = g_get_monotonic_time ();

  temp->n_done = 0;
  while (writes->len < n)
    {
      while (writes->len - temp->n_done < in_flight)
        {
          g_ptr_array_add (writes, write_new (temp, organisation_id, FALSE));
          cfd_db_submit (temp->db, CFD_DB_WRITE, write_work, write_done, writes->pdata[writes->len - 1]);
        }
      g_main_context_iteration (NULL, TRUE);
    }
  temp_wait (temp->n_done == writes->len);
  return writes->len / ((g_get_monotonic_time () - start) / 1e6);
}

static void
test_speed (gconstpointer driver)
{
  g_autoptr (TempDb) temp = open_temp (driver);
  g_autoptr (CfOrganisation) organisation = temp_db_organisation (temp);

  for (guint in_flight = 1; in_flight <= 128; in_flight *= 128)
    {
      double rate = measure (temp, organisation->parent.id, in_flight, in_flight == 1 ? 3000 : 100000);

      g_test_maximized_result (rate, "%.0f durable writes per second, %u in flight", rate, in_flight);
    }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    GTestDataFunc function;
  } tests[] = {
    { "group-commit", test_group_commit },
    { "lost-transaction", test_lost_transaction },
    { "many-threads", test_many_threads },
    { "close-with-queue", test_close_with_queue },
    { "submit-while-closing", test_submit_while_closing },
    { "snapshot", test_snapshot },
    { "slow-writes", test_slow_writes },
    { "foreign-commits", test_foreign_commits },
    { "remembered", test_remembered },
    { "two-processes", test_two_processes },
    { "nobody-listens", test_nobody_listens },
    { "speed", test_speed },
  };

  g_test_init (&argc, &argv, NULL);
  for (const CfdDbDriver *const *driver = test_drivers; *driver != NULL; driver++)
    for (guint i = 0; i < G_N_ELEMENTS (tests) - !g_test_perf (); i++)
      {
        g_autofree char *path = g_strdup_printf ("/db/%s/writes/%s", (*driver)->name, tests[i].name);

        g_test_add_data_func (path, *driver, tests[i].function);
      }
  return g_test_run ();
}
