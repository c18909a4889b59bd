/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/db/temp-db.h"

#include "protocol/error.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static void
assert_refused (TempDb *temp, const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfdDb) db = cfd_db_open (&cfd_sqlite_driver, temp->path, TRUE, &error);

  g_assert_null (db);
  g_assert_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, temp->path));
  if (strstr (error->message, reason) == NULL)
    g_error ("got \"%s\", expected it to say \"%s\"", error->message, reason);
}

static void
write_file (TempDb *temp, const char *bytes, gsize length)
{
  g_assert_true (g_file_set_contents (temp->path, bytes, length, NULL));
}

/* A database with some records in it, closed, as bytes. */
static char *
make_bytes (TempDb *temp, gsize *length)
{
  g_autoptr (CfOrganisation) organisation = NULL;
  char *bytes;

  temp_db_open (temp);
  organisation = temp_db_organisation (temp);
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *text = g_strnfill (1000, 'x');
      g_autoptr (CfMessage) message = temp_message_new (organisation->parent.id, text);

      g_assert_true (cfd_db_run (temp->db, CFD_DB_WRITE, temp_put, message, NULL));
    }
  temp_db_close (temp);
  g_assert_true (g_file_get_contents (temp->path, &bytes, length, NULL));
  return bytes;
}

static void
test_random_bytes (void)
{
  g_autoptr (TempDb) temp = temp_db_new (&cfd_sqlite_driver);
  char bytes[20000];

  for (gsize i = 0; i < sizeof bytes; i++)
    bytes[i] = g_test_rand_int ();
  write_file (temp, bytes, sizeof bytes);
  assert_refused (temp, "no ChatFlow database");
}

static void
test_truncated (void)
{
  g_autoptr (TempDb) temp = temp_db_new (&cfd_sqlite_driver);
  gsize length;
  g_autofree char *bytes = make_bytes (temp, &length);

  write_file (temp, bytes, length / 2);
  assert_refused (temp, "damaged");
  write_file (temp, bytes, 50); /* half a header */
  assert_refused (temp, "damaged");
}

static void
test_broken_pages (void)
{
  g_autoptr (TempDb) temp = temp_db_new (&cfd_sqlite_driver);
  gsize length;
  g_autofree char *bytes = make_bytes (temp, &length);

  for (gsize i = 4096; i < length; i++)
    bytes[i] = g_test_rand_int ();
  write_file (temp, bytes, length);
  assert_refused (temp, "damaged");
}

/* Nobody is told that their message was lost because a path was mistyped. */
static void
test_other_program (void)
{
  g_autoptr (TempDb) temp = temp_db_new (&cfd_sqlite_driver);
  CfdDbHandle *handle = cfd_sqlite_driver.open (temp->path, FALSE, TRUE, NULL);

  g_assert_true (cfd_sqlite_driver.execute (handle, "PRAGMA application_id = 7", NULL));
  cfd_sqlite_driver.close (handle);
  assert_refused (temp, "another program");
}

static void
test_missing (void)
{
  g_autoptr (TempDb) temp = temp_db_new (&cfd_sqlite_driver);
  g_autofree char *nowhere = g_build_filename (temp->folder, "no", "folder.db", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (cfd_db_open (&cfd_sqlite_driver, temp->path, FALSE, &error));
  g_assert_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, "cannot be opened"));
  g_assert_false (g_file_test (temp->path, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  g_assert_null (cfd_db_open (&cfd_sqlite_driver, nowhere, TRUE, &error));
  g_assert_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, "cannot be created"));
}

static void
test_file_mode (void)
{
  g_autoptr (TempDb) temp = temp_db_new (&cfd_sqlite_driver);
  g_autofree char *wal = g_strconcat (temp->path, "-wal", NULL);
  g_autoptr (CfOrganisation) organisation = NULL;
  GStatBuf status;

  temp_db_open (temp);
  organisation = temp_db_organisation (temp);
  g_assert_cmpint (g_stat (temp->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (wal, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

/* Root may write everything, so it becomes nobody for a moment. */
static void
become (uid_t user)
{
  if (getuid () != 0)
    return;
  g_assert_cmpint (seteuid (user), ==, 0);
  g_assert_cmpint (prctl (PR_SET_DUMPABLE, 1), ==, 0); /* or the leak checker may not look */
}

static void
test_no_permission (void)
{
  g_autoptr (TempDb) temp = temp_db_new (&cfd_sqlite_driver);

  temp_db_open (temp);
  temp_db_close (temp);
  g_assert_cmpint (g_chmod (temp->path, 0444), ==, 0);
  g_assert_cmpint (g_chmod (temp->folder, 0555), ==, 0);
  become (65534);
  assert_refused (temp, "cannot be written");
  become (0);
  g_assert_cmpint (g_chmod (temp->path, 0000), ==, 0);
  become (65534);
  assert_refused (temp, "cannot be opened");
  become (0);
  g_assert_cmpint (g_chmod (temp->folder, 0700), ==, 0);
}

/* SQLite itself numbers "$n" by first appearance; we mean what the name says. */
static void
test_bind_by_name (void)
{
  g_autoptr (TempDb) temp = temp_db_new (&cfd_sqlite_driver);
  CfdDbHandle *handle = cfd_sqlite_driver.open (temp->path, FALSE, TRUE, NULL);
  CfdDbStatement *statement = cfd_sqlite_driver.prepare (handle, "SELECT $3, $1, $2, $1", NULL);

  for (guint round = 0; round < 2; round++) /* the second from the cache, without the first one's bindings */
    {
      for (guint n = 1; n <= 3; n++)
        {
          CfSqlValue value = { .type = CF_SQL_INTEGER, .integer = 10 * n + round };

          cfd_sqlite_driver.bind (statement, n, &value, TRUE);
        }
      g_assert_cmpint (cfd_sqlite_driver.step (statement, NULL), ==, CFD_DB_STEP_ROW);
      g_assert_cmpuint (cfd_sqlite_driver.n_columns (statement), ==, 4);
      for (guint column = 0; column < 4; column++)
        {
          static const guint numbers[] = { 3, 1, 2, 1 };
          CfSqlValue value;

          cfd_sqlite_driver.column (statement, column, &value);
          g_assert_cmpint (value.integer, ==, 10 * numbers[column] + round);
        }
      cfd_sqlite_driver.release (statement);
      g_assert_true (cfd_sqlite_driver.prepare (handle, "SELECT $3, $1, $2, $1", NULL) == statement);
    }
  cfd_sqlite_driver.release (statement);
  cfd_sqlite_driver.close (handle);
}

/* A program that makes its texts as it goes does not fill the memory. */
static void
test_many_statements (void)
{
  g_autoptr (TempDb) temp = temp_db_new (&cfd_sqlite_driver);
  CfdDbHandle *handle = cfd_sqlite_driver.open (temp->path, FALSE, TRUE, NULL);
  CfdDbStatement *held = cfd_sqlite_driver.prepare (handle, "SELECT 'held'", NULL);
  CfSqlValue value;

  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT %u", i);
      CfdDbStatement *statement = cfd_sqlite_driver.prepare (handle, sql, NULL);

      g_assert_cmpint (cfd_sqlite_driver.step (statement, NULL), ==, CFD_DB_STEP_ROW);
      cfd_sqlite_driver.release (statement);
    }
  g_assert_cmpint (cfd_sqlite_driver.step (held, NULL), ==, CFD_DB_STEP_ROW);
  cfd_sqlite_driver.column (held, 0, &value);
  g_assert_cmpstr (value.text, ==, "held");
  cfd_sqlite_driver.release (held);
  cfd_sqlite_driver.close (handle);
}

/* Durability is not left to SQLite's defaults. */
static void
test_settings (void)
{
  g_autoptr (TempDb) temp = temp_db_new (&cfd_sqlite_driver);
  static const struct { const char *sql, *expected; } settings[] = {
    { "SELECT journal_mode FROM pragma_journal_mode", "wal" },
    { "SELECT CAST(synchronous AS TEXT) FROM pragma_synchronous", "2" },
    { "SELECT CAST(foreign_keys AS TEXT) FROM pragma_foreign_keys", "1" },
  };
  CfdDbHandle *handle = cfd_sqlite_driver.open (temp->path, FALSE, TRUE, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      CfdDbStatement *statement = cfd_sqlite_driver.prepare (handle, settings[i].sql, NULL);
      CfSqlValue value;

      g_assert_nonnull (statement);
      g_assert_cmpint (cfd_sqlite_driver.step (statement, NULL), ==, CFD_DB_STEP_ROW);
      cfd_sqlite_driver.column (statement, 0, &value);
      g_assert_cmpstr (value.text, ==, settings[i].expected);
      cfd_sqlite_driver.release (statement);
    }
  cfd_sqlite_driver.close (handle);
}

static gint64
ask (CfdDbHandle *handle, const char *sql)
{
  CfdDbStatement *statement = cfd_sqlite_driver.prepare (handle, sql, NULL);
  CfSqlValue value;

  g_assert_nonnull (statement);
  g_assert_cmpint (cfd_sqlite_driver.step (statement, NULL), ==, CFD_DB_STEP_ROW);
  cfd_sqlite_driver.column (statement, 0, &value);
  cfd_sqlite_driver.release (statement);
  return value.integer;
}

static void
fill (CfdDbHandle *handle, const char *table, guint n_rows, const char *body)
{
  g_autofree char *sql = g_strdup_printf ("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %u)"
                                          "INSERT INTO %s SELECT i, %s FROM n", n_rows, table, body);

  g_assert_true (cfd_sqlite_driver.execute (handle, sql, NULL));
}

/* A transaction too large for the memory begins to write before it ends. Undone, nothing of it may reach the log later, when what
 * another process has committed stands there. */
static void
test_undone_stays_unwritten (void)
{
  g_autoptr (TempDb) temp = temp_db_new (&cfd_sqlite_driver);
  CfdDbHandle *one = cfd_sqlite_driver.open (temp->path, FALSE, TRUE, NULL);
  CfdDbHandle *other = cfd_sqlite_driver.open (temp->path, FALSE, FALSE, NULL);
  CfdDbHandle *third;

  g_assert_true (cfd_sqlite_driver.execute (one, "CREATE TABLE a (i INTEGER PRIMARY KEY, x); CREATE TABLE b (i INTEGER PRIMARY KEY, x)", NULL));
  g_assert_true (cfd_sqlite_driver.execute (one, "PRAGMA wal_checkpoint", NULL)); /* so that undoing need not read the log */
  g_assert_true (cfd_sqlite_driver.execute (one, cfd_sqlite_driver.begin, NULL));
  fill (one, "a", 600, "hex (zeroblob (1500))");
  g_assert_true (cfd_sqlite_driver.execute (one, "ROLLBACK", NULL));
  fill (other, "b", 600, "hex (randomblob (1500))");
  ask (one, "SELECT count (*) FROM b");
  third = cfd_sqlite_driver.open (temp->path, FALSE, FALSE, NULL);
  g_assert_true (cfd_sqlite_driver.check (third, NULL));
  g_assert_cmpint (ask (third, "SELECT count (*) FROM b WHERE x <> hex (zeroblob (1500))"), ==, 600);
  cfd_sqlite_driver.close (third);
  cfd_sqlite_driver.close (other);
  cfd_sqlite_driver.close (one);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backend/db/sqlite/random-bytes", test_random_bytes);
  g_test_add_func ("/backend/db/sqlite/truncated", test_truncated);
  g_test_add_func ("/backend/db/sqlite/broken-pages", test_broken_pages);
  g_test_add_func ("/backend/db/sqlite/other-program", test_other_program);
  g_test_add_func ("/backend/db/sqlite/missing", test_missing);
  g_test_add_func ("/backend/db/sqlite/file-mode", test_file_mode);
  g_test_add_func ("/backend/db/sqlite/no-permission", test_no_permission);
  g_test_add_func ("/backend/db/sqlite/bind-by-name", test_bind_by_name);
  g_test_add_func ("/backend/db/sqlite/many-statements", test_many_statements);
  g_test_add_func ("/backend/db/sqlite/settings", test_settings);
  g_test_add_func ("/backend/db/sqlite/undone-stays-unwritten", test_undone_stays_unwritten);
  return g_test_run ();
}
