/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/db/migrate.h"

#include "protocol/error.h"
#include "tests/db/temp-db.h"

#include <string.h>

static CfdDbHandle *
open_handle (TempDb *temp)
{
  g_autoptr (GError) error = NULL;
  CfdDbHandle *handle = cfd_sqlite_driver.open (temp->path, FALSE, TRUE, &error);

  g_assert_no_error (error);
  return handle;
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
assert_migrates (CfdDbHandle *handle, GPtrArray *migrations)
{
  g_autoptr (GError) error = NULL;

  cfd_migrate (&cfd_sqlite_driver, handle, migrations, &error);
  g_assert_no_error (error);
}

/* Migrations of this test, from texts. */
static GPtrArray *
make_migrations (const char *first, ...)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_free);
  va_list texts;

  va_start (texts, first);
  for (const char *text = first; text != NULL; text = va_arg (texts, const char *))
    {
      CfdMigration *migration = g_new0 (CfdMigration, 1);

      migration->number = all->len + 1;
      migration->name = (char *) (all->len == 0 ? "0001-first.sql" : "0002-second.sql");
      migration->sql = g_bytes_new_static (text, strlen (text));
      g_ptr_array_add (all, migration);
    }
  va_end (texts);
  return all;
}

static void
free_migrations (GPtrArray *all)
{
  for (guint i = 0; i < all->len; i++)
    g_bytes_unref (((CfdMigration *) all->pdata[i])->sql);
  g_ptr_array_unref (all);
}

static void
test_step_by_step (void)
{
  g_autoptr (TempDb) temp = temp_db_new (&cfd_sqlite_driver);
  GPtrArray *one = make_migrations ("CREATE TABLE fruit (name TEXT); INSERT INTO fruit VALUES ('pear');", NULL);
  GPtrArray *two = make_migrations ("this is never run again", "ALTER TABLE fruit ADD COLUMN weight INTEGER NOT NULL DEFAULT 170", NULL);
  CfdDbHandle *handle = open_handle (temp);

  assert_migrates (handle, one);
  g_assert_cmpint (ask (handle, "SELECT version FROM schema"), ==, 1);
  assert_migrates (handle, one);
  assert_migrates (handle, two);
  g_assert_cmpint (ask (handle, "SELECT version FROM schema"), ==, 2);
  g_assert_cmpint (ask (handle, "SELECT count(*) FROM schema"), ==, 1);
  g_assert_cmpint (ask (handle, "SELECT weight FROM fruit WHERE name = 'pear'"), ==, 170);
  cfd_sqlite_driver.close (handle);
  free_migrations (one);
  free_migrations (two);
}

/* A step that fails leaves nothing behind, and says where it failed. */
static void
test_failing_statement (void)
{
  g_autoptr (TempDb) temp = temp_db_new (&cfd_sqlite_driver);
  GPtrArray *all = make_migrations ("CREATE TABLE fruit (name TEXT UNIQUE);\n",
                                    "-- a comment\n\nCREATE TABLE meal (id INTEGER);\n"
                                    "INSERT INTO fruit VALUES ('fig');\n\n-- twice\nINSERT INTO fruit VALUES ('fig');\n", NULL);
  GPtrArray *mistyped = make_migrations ("", "CREATE TABLE meal (id INTEGER);\nCREATE\n  TABEL x (y);\n", NULL);
  CfdDbHandle *handle = open_handle (temp);
  g_autoptr (GError) error = NULL;

  g_assert_false (cfd_migrate (&cfd_sqlite_driver, handle, all, &error));
  g_assert_nonnull (strstr (error->message, "migration 0002-second.sql, line 7: "));
  g_assert_cmpint (ask (handle, "SELECT version FROM schema"), ==, 1);
  g_assert_cmpint (ask (handle, "SELECT count(*) FROM fruit"), ==, 0);
  g_assert_cmpint (ask (handle, "SELECT count(*) FROM sqlite_master WHERE name = 'meal'"), ==, 0);
  g_assert_false (cfd_sqlite_driver.in_transaction (handle));
  g_clear_error (&error);
  g_assert_false (cfd_migrate (&cfd_sqlite_driver, handle, mistyped, &error));
  g_assert_nonnull (strstr (error->message, "migration 0002-second.sql, line 3: "));
  cfd_sqlite_driver.close (handle);
  free_migrations (all);
  free_migrations (mistyped);
}

static void
test_newer_database (void)
{
  g_autoptr (TempDb) temp = temp_db_new (&cfd_sqlite_driver);
  g_autoptr (GPtrArray) migrations = cfd_migrations ();
  g_autofree char *ours = g_strdup_printf ("versions up to %u", migrations->len);
  CfdDbHandle *handle = open_handle (temp);
  g_autoptr (GError) error = NULL;

  assert_migrates (handle, migrations);
  g_assert_true (cfd_sqlite_driver.execute (handle, "UPDATE schema SET version = 4711", NULL));
  cfd_sqlite_driver.close (handle);
  g_assert_null (cfd_db_open (&cfd_sqlite_driver, temp->path, TRUE, &error));
  g_assert_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, "version 4711"));
  g_assert_nonnull (strstr (error->message, ours));
  g_assert_nonnull (strstr (error->message, "install"));
}

static gpointer
open_and_close (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfdDb) db = cfd_db_open (&cfd_sqlite_driver, data, TRUE, &error);

  g_assert_no_error (error);
  return NULL;
}

/* Programs that start at once where there is no database yet: one of them makes it. */
static void
test_many_at_once (void)
{
  for (guint round = 0; round < 10; round++)
    {
      g_autoptr (TempDb) temp = temp_db_new (&cfd_sqlite_driver);
      GThread *threads[4];
      CfdDbHandle *handle;

      for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
        threads[i] = g_thread_new ("opener", open_and_close, temp->path);
      for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
        g_thread_join (threads[i]);
      handle = open_handle (temp);
      g_assert_cmpint (ask (handle, "SELECT count(*) FROM schema"), ==, 1);
      cfd_sqlite_driver.close (handle);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backend/db/migrate/step-by-step", test_step_by_step);
  g_test_add_func ("/backend/db/migrate/failing-statement", test_failing_statement);
  g_test_add_func ("/backend/db/migrate/newer-database", test_newer_database);
  g_test_add_func ("/backend/db/migrate/many-at-once", test_many_at_once);
  return g_test_run ();
}
