/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/db/migrate.h"
#include "backend/db/search-index.h"

#include "tests/db/plan.h"
#include "tests/db/temp-db.h"

#include <string.h>

typedef struct
{
  const char *sql;
  char *answer; /* all rows' first column, comma-separated */
} Ask;

static gboolean
ask_work (CfdTx *tx, gpointer data, GError **error)
{
  Ask *self = data;
  g_autoptr (CfdRows) rows = cfd_tx_query (tx, error, self->sql, NULL);
  g_autoptr (GString) all = g_string_new (NULL);

  if (rows == NULL)
    return FALSE;
  while (cfd_rows_next (rows, error))
    g_string_append_printf (all, "%s%s", all->len > 0 ? ", " : "", cfd_rows_text (rows, 0));
  self->answer = g_strdup (all->str);
  return TRUE;
}

static char *
ask (CfdDb *db, const char *sql)
{
  Ask self = { .sql = sql };
  g_autoptr (GError) error = NULL;

  cfd_db_run (db, CFD_DB_READ, ask_work, &self, &error);
  g_assert_no_error (error);
  return self.answer;
}

static char *
columns_of (CfdDb *db, const char *table)
{
  /* "seq" is the database's own */
  g_autofree char *sql = g_strdup_printf ("SELECT name FROM pragma_table_info ('%s') WHERE name <> 'seq' ORDER BY cid", table);

  return ask (db, sql);
}

/* The tables are the shapes: nobody adds a field without its migration, or the other way round. */
static void
assert_like_shapes (CfdDb *db)
{
  for (const CfShape *const *shape = cf_record_shapes (); *shape != NULL; shape++)
    {
      g_autofree char *expected = cf_sql_columns (*shape, NULL);
      g_autofree char *got = columns_of (db, (*shape)->table);

      g_assert_cmpstr (got, ==, expected);
    }
}

static void
test_like_shapes (void)
{
  g_autoptr (TempDb) temp = temp_db_new (&cfd_sqlite_driver);

  temp_db_open (temp);
  assert_like_shapes (temp->db);
}

/* What features ask: each by an index, and where they ask for an order, without sorting. */
static const char *const queries[] = {
  "SELECT id FROM message WHERE conversation_id = $1 AND position < $2 ORDER BY position DESC LIMIT $3",
  "SELECT id FROM message WHERE visitor_id = $1 AND rev > $2 AND rev <> position ORDER BY rev",
  "SELECT id FROM message WHERE id = $1",
  "SELECT id FROM read_mark WHERE conversation_id = $1 AND reader_id = $2",
  "SELECT id FROM read_mark WHERE conversation_id = $1",
  "SELECT id FROM read_mark WHERE visitor_id = $1 AND rev > $2 ORDER BY rev",
  "SELECT id FROM conversation WHERE visitor_id = $1 AND rev > $2 ORDER BY rev",
  "SELECT id FROM conversation WHERE organisation_id = $1 AND status = $2 AND last_position < $3 ORDER BY last_position DESC LIMIT $4",
  "SELECT id FROM conversation WHERE organisation_id = $1 AND assignee_id = $2 AND status = $3 AND last_position < $4"
  " ORDER BY last_position DESC LIMIT $5",
  "SELECT seq FROM message_search CROSS JOIN message ON seq = message_search.rowid WHERE message_search MATCH $1 AND message_search.rowid < $2"
  " ORDER BY message_search.rowid DESC",
  "SELECT id FROM agent WHERE email = $1",
  "SELECT id FROM login_session WHERE token_hash = $1",
  "SELECT id FROM login_session WHERE agent_id = $1",
  "SELECT id FROM site WHERE key = $1",
};

static void
assert_indexed (CfdDbHandle *handle, const char *sql)
{
  g_autofree char *scan = plan_find_scan (handle, sql);
  g_autofree char *sort = plan_find_sort (handle, sql);

  if (scan != NULL || sort != NULL)
    g_error ("%s: %s", sql, scan != NULL ? scan : sort);
}

/* Along which column what has changed of a type is asked for; seats and what is said in channels belong to few. */
static const char *
owner_column (const CfShape *shape)
{
  if (g_str_equal (shape->name, "channel_member"))
    return "agent_id";
  return g_str_equal (shape->name, "team_message") ? "conversation_id" : "organisation_id";
}

static void
test_indexes (void)
{
  g_autoptr (TempDb) temp = temp_db_new (&cfd_sqlite_driver);
  CfdDbHandle *handle;
  g_autofree char *scan = NULL, *sort = NULL, *search = NULL;

  temp_db_open (temp);
  cfd_db_start_search (temp->db);
  search = cfd_search_index_path (temp->path);
  handle = cfd_sqlite_driver.open (temp->path, TRUE, FALSE, NULL);
  g_assert_true (cfd_sqlite_driver.attach (handle, search, "search", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    assert_indexed (handle, queries[i]);
  for (const CfShape *const *shape = cf_record_shapes (); *shape != NULL; shape++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT id FROM %s WHERE %s = $1 AND rev > $2 AND rev <= $3 ORDER BY rev",
                                              (*shape)->table, owner_column (*shape));

      assert_indexed (handle, sql);
    }
  /* and the check itself can fail */
  scan = plan_find_scan (handle, "SELECT id FROM message WHERE text = $1");
  g_assert_nonnull (scan);
  sort = plan_find_sort (handle, "SELECT id FROM message WHERE conversation_id = $1 ORDER BY created_at");
  g_assert_nonnull (sort);
  g_free (scan);
  scan = plan_find_scan (handle, "SELECT m.id FROM message AS m WHERE m.text = $1");
  g_assert_nonnull (scan);
  cfd_sqlite_driver.close (handle);
}

static gboolean
scanning_work (CfdTx *tx, gpointer data, GError **error)
{
  g_autoptr (CfdRows) rows = cfd_tx_query (tx, error, "SELECT id FROM message WHERE text = $1", "t", "x");

  return rows != NULL;
}

static void
test_plan_driver (void)
{
  g_autoptr (TempDb) temp = temp_db_new (plan_driver ());
  g_autoptr (CfOrganisation) organisation = NULL;

  temp_db_open (temp);
  organisation = temp_db_organisation (temp);
  if (g_test_subprocess ())
    {
      temp_db_unlink (temp); /* the end that comes now cleans up nothing */
      cfd_db_run (temp->db, CFD_DB_READ, scanning_work, NULL, NULL);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*reads a whole table*");
}

/* Of each table that the old version had. */
static void
assert_has_records (CfdDb *db, const char *old)
{
  for (const CfShape *const *shape = cf_record_shapes (); *shape != NULL; shape++)
    {
      g_autofree char *table = g_strdup_printf ("CREATE TABLE %s (", (*shape)->table);
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s WHERE length (id) = 36 AND rev > 0", (*shape)->table);

      g_assert_true (strstr (old, table) == NULL || temp_count (db, sql) > 0);
    }
}

/* Every version that was ever released can be brought to the newest: tests/db/frozen/ has one database of each. */
static void
test_frozen (void)
{
  const char *everything = "SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name";
  g_autoptr (TempDb) fresh = temp_db_new (&cfd_sqlite_driver);
  g_autoptr (GPtrArray) migrations = cfd_migrations ();
  g_autofree char *expected = NULL;

  temp_db_open (fresh);
  expected = ask (fresh->db, everything);
  for (guint version = 1; version <= migrations->len; version++)
    {
      g_autofree char *name = g_strdup_printf ("%04u.sql", version);
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "frozen", name, NULL);
      g_autoptr (TempDb) old = temp_db_new (&cfd_sqlite_driver);
      CfdDbHandle *handle = cfd_sqlite_driver.open (old->path, FALSE, TRUE, NULL);
      g_autofree char *sql = NULL, *got = NULL;
      g_autoptr (GError) error = NULL;

      g_file_get_contents (path, &sql, NULL, &error);
      g_assert_no_error (error);
      cfd_sqlite_driver.execute (handle, sql, &error);
      g_assert_no_error (error);
      cfd_sqlite_driver.close (handle);
      temp_db_open (old);
      g_assert_cmpint (temp_count (old->db, "SELECT version FROM schema"), ==, migrations->len);
      assert_like_shapes (old->db);
      assert_has_records (old->db, sql);
      got = ask (old->db, everything);
      g_assert_cmpstr (got, ==, expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backend/db/schema/like-shapes", test_like_shapes);
  g_test_add_func ("/backend/db/schema/indexes", test_indexes);
  g_test_add_func ("/backend/db/schema/plan-driver", test_plan_driver);
  g_test_add_func ("/backend/db/schema/frozen", test_frozen);
  return g_test_run ();
}
