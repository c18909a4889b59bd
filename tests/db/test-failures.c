/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* unshare() */
#include "drivers.h"
#include "temp-db.h"

#include "protocol/error.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#define KILL_ROUNDS 50
#define IN_FLIGHT 8

static TempDb *
open_temp (gconstpointer driver)
{
  TempDb *temp = temp_db_new (driver);

  temp_db_open (temp);
  temp_db_listen (temp);
  return temp;
}

static void
count_done (gpointer data, const GError *error)
{
  TempDb *temp = data;

  temp->n_done++;
  temp->n_failed += error != NULL;
  if (error != NULL)
    g_assert_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE);
}

typedef struct
{
  TempDb *temp;
  CfMessage *message;
} Write;

static gboolean
write_work (CfdTx *tx, gpointer data, GError **error)
{
  return cfd_tx_put (tx, ((Write *) data)->message, error);
}

static void
write_done (gpointer data, const GError *error)
{
  Write *write = data;

  count_done (write->temp, error);
  cf_struct_unref (write->message);
  g_free (write);
}

static void
submit (TempDb *temp, const char *organisation_id)
{
  Write *write = g_new0 (Write, 1);
  g_autofree char *text = g_strnfill (2000, 'x');

  write->temp = temp;
  write->message = temp_message_new (organisation_id, text);
  cfd_db_submit (temp->db, CFD_DB_WRITE, write_work, write_done, write);
}

/* Writes, @at_a_time, until the disk takes no more. Returns how many were acknowledged. */
static guint
write_until_full (TempDb *temp, const char *organisation_id, guint at_a_time)
{
  temp->n_done = temp->n_failed = 0;
  for (guint n_submitted = 0; temp->n_failed == 0;)
    {
      g_assert_cmpuint (n_submitted, <, 100000);
      for (guint i = 0; i < at_a_time; i++, n_submitted++)
        submit (temp, organisation_id);
      temp_wait (temp->n_done == n_submitted);
    }
  return temp->n_done - temp->n_failed;
}

/* The disk is full: nothing more is acknowledged or published, nothing acknowledged is lost, reading goes on, and with
 * space again everything goes on by itself. */
static void
assert_full_and_recovers (TempDb *temp, void (*make_room) (TempDb *temp))
{
  g_autoptr (CfOrganisation) organisation = temp_db_organisation (temp);
  /* when twenty don't fit one may */
  guint n_acknowledged = write_until_full (temp, organisation->parent.id, 20) + write_until_full (temp, organisation->parent.id, 1);
  g_autoptr (CfMessage) message = temp_message_new (organisation->parent.id, "room for me");
  g_autoptr (GError) error = NULL;
  CfdDbStats stats;

  cfd_db_get_stats (temp->db, &stats);
  g_assert_false (stats.writable);
  g_assert_cmpuint (stats.failed_commits, >=, 2);
  g_assert_nonnull (strstr (stats.last_error, "disk"));
  g_assert_cmpint (temp_count (temp->db, "SELECT count(*) FROM message"), ==, n_acknowledged);
  g_assert_cmpuint (temp->published->len, ==, 1 + n_acknowledged);

  make_room (temp);
  for (stats.writable = FALSE; !stats.writable; cfd_db_get_stats (temp->db, &stats))
    g_usleep (1000);
  g_assert_true (cfd_db_run (temp->db, CFD_DB_WRITE, temp_put, message, &error));
  g_assert_no_error (error);
  g_assert_cmpint (message->parent.rev, ==, 2 + n_acknowledged);
  temp_wait (temp->published->len == 2 + n_acknowledged);
  temp_db_close (temp);
  temp_db_open (temp);
  g_assert_cmpint (temp_count (temp->db, "SELECT count(*) FROM message"), ==, n_acknowledged + 1);
}

static void
limit_file_size (rlim_t bytes)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (bytes, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
lift_limit (TempDb *temp)
{
  limit_file_size (RLIM_INFINITY);
}

static void
test_file_limit (gconstpointer driver)
{
  g_autoptr (TempDb) temp = open_temp (driver);

  signal (SIGXFSZ, SIG_IGN);
  limit_file_size (2 * 1024 * 1024);
  assert_full_and_recovers (temp, lift_limit);
}

/* A disk of its own for @temp, in a mount namespace of our own; FALSE where that is not allowed. In a chroot "/" may be no mount point
 * that could be made private, so that is not insisted on: each test unmounts what it mounted. */
static gboolean
mount_disk (TempDb *temp, const char *options)
{
  if (unshare (CLONE_NEWNS) == 0 && (mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 || errno == EINVAL)
      && mount ("tmpfs", temp->folder, "tmpfs", 0, options) == 0)
    return TRUE;
  g_test_skip ("may not mount a disk here");
  return FALSE;
}

static void
enlarge_disk (TempDb *temp)
{
  g_assert_cmpint (mount ("tmpfs", temp->folder, "tmpfs", MS_REMOUNT, "size=64m"), ==, 0);
}

static void
test_full_disk (gconstpointer driver)
{
  g_autoptr (TempDb) temp = temp_db_new (driver);

  if (!mount_disk (temp, "size=2m"))
    return;
  temp_db_open (temp);
  temp_db_listen (temp);
  assert_full_and_recovers (temp, enlarge_disk);
  temp_db_close (temp);
  g_assert_cmpint (umount (temp->folder), ==, 0);
}

static void
test_read_only_disk (gconstpointer driver)
{
  g_autoptr (TempDb) temp = temp_db_new (driver);
  g_autoptr (GError) error = NULL;

  if (!mount_disk (temp, "size=8m"))
    return;
  temp_db_open (temp);
  temp_db_close (temp);
  g_assert_cmpint (mount ("tmpfs", temp->folder, "tmpfs", MS_REMOUNT | MS_RDONLY, NULL), ==, 0);
  g_assert_null (cfd_db_open (driver, temp->path, TRUE, &error));
  g_assert_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, temp->path));
  g_assert_nonnull (strstr (error->message, "cannot be written"));
  g_assert_cmpint (umount (temp->folder), ==, 0);
}

/* This test's own file, for the other process. */
static const char *program;
static CfOrganisation *child_organisation;

static void child_submit (TempDb *temp);

static void
child_done (gpointer data, const GError *error)
{
  Write *write = data;

  g_assert_no_error (error);
  printf ("%s %" G_GINT64_FORMAT "\n", write->message->parent.id, write->message->parent.rev);
  child_submit (write->temp);
  cf_struct_unref (write->message);
  g_free (write);
}

static void
child_submit (TempDb *temp)
{
  Write *write = g_new0 (Write, 1);

  write->temp = temp;
  write->message = temp_message_new (child_organisation->parent.id, "before the end");
  cfd_db_submit (temp->db, CFD_DB_WRITE, write_work, child_done, write);
}

/* The other process: writes, and tells what was acknowledged, until it is killed. */
G_GNUC_NORETURN static void
child_main (guint driver, char *path, const char *organisation_id)
{
  TempDb temp = { .driver = test_drivers[driver], .path = path };

  setvbuf (stdout, NULL, _IOLBF, 0);
  temp_db_open (&temp);
  child_organisation = cf_struct_new (&cf_organisation_shape);
  child_organisation->parent.id = g_strdup (organisation_id);
  for (guint i = 0; i < IN_FLIGHT; i++)
    child_submit (&temp);
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

typedef struct
{
  GHashTable *acknowledged; /* id -> revision as text */
} Acknowledged;

static gboolean
check_work (CfdTx *tx, gpointer data, GError **error)
{
  Acknowledged *self = data;
  GHashTableIter iter;
  gpointer id, rev;

  g_hash_table_iter_init (&iter, self->acknowledged);
  while (g_hash_table_iter_next (&iter, &id, &rev))
    {
      g_autoptr (CfMessage) message = cfd_tx_get (tx, error, &cf_message_shape, id);

      g_assert_nonnull (message);
      g_assert_cmpint (message->parent.rev, ==, g_ascii_strtoll (rev, NULL, 10));
    }
  return TRUE;
}

static guint
driver_number (const CfdDbDriver *driver)
{
  guint number = 0;

  while (test_drivers[number] != driver)
    number++;
  return number;
}

/* Kills the writing process after some acknowledgements, and adds all that it gave to @acknowledged. */
static void
kill_round (TempDb *temp, const char *organisation_id, guint n_lines, GHashTable *acknowledged)
{
  g_autofree char *driver = g_strdup_printf ("%u", driver_number (temp->driver));
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--child", driver, temp->path,
                                                    organisation_id, NULL);
  g_autoptr (GDataInputStream) lines = NULL;
  char *line;

  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  for (guint i = 0; (line = g_data_input_stream_read_line (lines, NULL, NULL, NULL)) != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (line, " ", 2);

      if (i + 1 == n_lines)
        g_subprocess_force_exit (child);
      if (words[0] != NULL && words[1] != NULL && strlen (words[0]) == 36 && words[1][0] != '\0')
        g_hash_table_insert (acknowledged, g_strdup (words[0]), g_strdup (words[1]));
      g_free (line);
    }
  g_subprocess_wait (child, NULL, NULL);
  g_assert_true (g_subprocess_get_if_signaled (child));
  g_assert_cmpint (g_subprocess_get_term_sig (child), ==, SIGKILL);
}

static void
test_kill (gconstpointer driver)
{
  g_autoptr (TempDb) temp = open_temp (driver);
  g_autoptr (CfOrganisation) organisation = temp_db_organisation (temp);
  Acknowledged acknowledged = { g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };
  g_autoptr (GError) error = NULL;

  temp_db_close (temp);
  for (guint i = 0; i < KILL_ROUNDS; i++)
    {
      guint n_before = g_hash_table_size (acknowledged.acknowledged);

      kill_round (temp, organisation->parent.id, g_test_rand_int_range (1, 100), acknowledged.acknowledged);
      g_assert_cmpuint (g_hash_table_size (acknowledged.acknowledged), >, n_before);
      temp_db_open (temp);
      cfd_db_run (temp->db, CFD_DB_READ, check_work, &acknowledged, &error);
      g_assert_no_error (error);
      g_assert_cmpint (temp_count (temp->db, "SELECT count(DISTINCT rev) + 1 FROM message"), ==,
                       temp_count (temp->db, "SELECT rev FROM counter"));
      temp_db_close (temp);
    }
  g_hash_table_unref (acknowledged.acknowledged);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    GTestDataFunc function;
  } tests[] = {
    { "file-limit", test_file_limit },
    { "full-disk", test_full_disk },
    { "read-only-disk", test_read_only_disk },
    { "kill", test_kill },
  };

  if (argc == 5 && strcmp (argv[1], "--child") == 0)
    child_main (g_ascii_strtoull (argv[2], NULL, 10), argv[3], argv[4]);
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  /* That words cannot be indexed now is a warning, which these disks give cause for. */
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
  for (const CfdDbDriver *const *driver = test_drivers; *driver != NULL; driver++)
    for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
      {
        g_autofree char *path = g_strdup_printf ("/db/%s/failures/%s", (*driver)->name, tests[i].name);

        g_test_add_data_func (path, *driver, tests[i].function);
      }
  return g_test_run ();
}
