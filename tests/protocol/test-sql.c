/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#include "protocol/records/site.h"
#include "protocol/sql.h"

#include <sqlite3.h>

static sqlite3 *
open_database (const CfShape *shape)
{
  g_autofree char *columns = cf_sql_columns (shape, NULL);
  g_autofree char *sql = g_strdup_printf ("CREATE TABLE %s (%s, PRIMARY KEY (id))", shape->table, columns);
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (":memory:", &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  return db;
}

/* By name, as the drivers do: SQLite numbers $n by first appearance. */
static void
bind_field (sqlite3_stmt *statement, guint n, const CfField *field, gconstpointer value)
{
  g_auto (CfSqlValue) column = CF_SQL_INIT;
  g_autofree char *name = g_strdup_printf ("$%u", n);
  int index = sqlite3_bind_parameter_index (statement, name);

  g_assert_cmpint (index, >, 0);
  cf_sql_value_get (field, value, &column);
  if (column.type == CF_SQL_INTEGER)
    g_assert_cmpint (sqlite3_bind_int64 (statement, index, column.integer), ==, SQLITE_OK);
  else if (column.type == CF_SQL_TEXT)
    g_assert_cmpint (sqlite3_bind_text (statement, index, column.text, -1, SQLITE_TRANSIENT), ==, SQLITE_OK);
}

static void
upsert (sqlite3 *db, const CfStruct *value)
{
  g_autofree char *sql = cf_sql_upsert (value->shape);
  sqlite3_stmt *statement;
  guint n = 0;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  for (guint i = 0; i < value->shape->n_fields; i++)
    if (cf_field_is_stored (&value->shape->fields[i]))
      bind_field (statement, ++n, &value->shape->fields[i], value);
  g_assert_cmpint (sqlite3_bind_parameter_count (statement), ==, n);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
  sqlite3_finalize (statement);
}

static void
read_field (sqlite3_stmt *statement, int n, const CfField *field, gpointer value)
{
  CfSqlValue column = CF_SQL_INIT;

  if (sqlite3_column_type (statement, n) == SQLITE_INTEGER)
    {
      column.type = CF_SQL_INTEGER;
      column.integer = sqlite3_column_int64 (statement, n);
    }
  else if (sqlite3_column_type (statement, n) == SQLITE_TEXT)
    {
      column.type = CF_SQL_TEXT;
      column.text = (const char *) sqlite3_column_text (statement, n);
    }
  cf_sql_value_set (field, value, &column);
}

static gpointer
read_only_row (sqlite3 *db, const CfShape *shape)
{
  g_autofree char *columns = cf_sql_columns (shape, "t");
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s AS t", columns, shape->table);
  CfStruct *value = cf_struct_new (shape);
  sqlite3_stmt *statement;
  int n = 0;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  for (guint i = 0; i < shape->n_fields; i++)
    if (cf_field_is_stored (&shape->fields[i]))
      read_field (statement, n++, &shape->fields[i], value);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
  sqlite3_finalize (statement);
  return value;
}

static void
check_stored (sqlite3 *db, const CfStruct *value)
{
  g_autoptr (CfStruct) stored = NULL;

  upsert (db, value);
  stored = read_only_row (db, value->shape);
  g_assert_true (cf_struct_equal (value, stored));
}

/* Full, then a tombstone over it, then all but the id absent. */
static void
test_round_trip (void)
{
  for (const CfShape *const *shape = cf_record_shapes (); *shape != NULL; shape++)
    {
      sqlite3 *db = open_database (*shape);
      g_autoptr (CfRecord) record = sample_full (*shape);
      g_autoptr (CfRecord) tombstone = cf_record_tombstone (record);
      g_autoptr (CfRecord) bare = cf_struct_new (*shape);

      bare->id = g_strdup (record->id);
      check_stored (db, &record->parent);
      check_stored (db, &tombstone->parent);
      check_stored (db, &bare->parent);
      g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
    }
}

static void
test_upsert_text (void)
{
  g_autofree char *sql = cf_sql_upsert (cf_record_shape ("organisation"));

  g_assert_cmpstr (sql, ==,
                   "INSERT INTO organisation (id, organisation_id, rev, deleted, name, created_at) "
                   "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO UPDATE SET "
                   "organisation_id = excluded.organisation_id, rev = excluded.rev, deleted = excluded.deleted, "
                   "name = excluded.name, created_at = excluded.created_at");
}

static void
test_update_text (void)
{
  g_autofree char *sql = cf_sql_update (cf_record_shape ("organisation"));

  g_assert_cmpstr (sql, ==,
                   "UPDATE organisation SET rev = $3, deleted = $4, name = $5, created_at = $6 "
                   "WHERE id = $1 AND organisation_id = $2");
}

static void
test_damaged_column (void)
{
  static const char *const texts[] = { "", "[", "{}", "5", "[1,null,{},\"*\"]" };
  const CfField *origins = cf_shape_field (&cf_site_shape, "origins");
  g_autoptr (CfSite) site = cf_struct_new (&cf_site_shape);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      CfSqlValue column = { CF_SQL_TEXT, 0, texts[i], NULL };

      cf_sql_value_set (origins, site, &column);
      if (i + 1 < G_N_ELEMENTS (texts))
        g_assert_null (site->origins);
    }
  g_assert_cmpuint (g_strv_length (site->origins), ==, 1);
  g_assert_cmpstr (site->origins[0], ==, "*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/protocol/sql/round-trip", test_round_trip);
  g_test_add_func ("/protocol/sql/upsert-text", test_upsert_text);
  g_test_add_func ("/protocol/sql/update-text", test_update_text);
  g_test_add_func ("/protocol/sql/damaged-column", test_damaged_column);
  return g_test_run ();
}
