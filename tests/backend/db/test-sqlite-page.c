/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem() */
#include "tests/db/temp-db.h"

#include "backend/db/sqlite-page.h"

#include <string.h>

/* What is in no use on a page, and that nothing of what was deleted stays there. */

static void
put (guint8 *page, gsize start, guint8 kind, guint cells, guint content)
{
  page[start] = kind;
  page[start + 3] = cells >> 8;
  page[start + 4] = cells & 0xff;
  page[start + 5] = content >> 8;
  page[start + 6] = content & 0xff;
}

static void
test_gap (void)
{
  static const struct { guint8 kind; gboolean first; guint cells, content; gsize from, to; gboolean found; } cases[] = {
    { 13, FALSE, 0, 2048, 8, 2048, TRUE },    { 13, FALSE, 10, 1000, 28, 1000, TRUE }, { 10, FALSE, 1, 12, 10, 12, TRUE },
    { 5, FALSE, 2, 500, 16, 500, TRUE },      { 2, TRUE, 2, 500, 116, 500, TRUE },     { 13, FALSE, 2, 12, 12, 12, FALSE },
    { 0, FALSE, 0, 2048, 0, 0, FALSE },       { 1, FALSE, 3, 900, 0, 0, FALSE },       { 13, FALSE, 65535, 100, 0, 0, FALSE },
    { 13, FALSE, 1, 2049, 0, 0, FALSE },      { 13, FALSE, 1, 0, 0, 0, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint8 page[2048] = { 0 };
      gsize from, to;

      put (page, cases[i].first ? 100 : 0, cases[i].kind, cases[i].cells, cases[i].content);
      g_assert_cmpint (cfd_sqlite_page_gap (page, sizeof page, cases[i].first, &from, &to), ==, cases[i].found);
      if (!cases[i].found)
        continue;
      g_assert_cmpint (from, ==, cases[i].from);
      g_assert_cmpint (to, ==, cases[i].to);
    }
}

static void
run (CfdDbHandle *handle, const char *format, ...)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = NULL;
  va_list args;

  va_start (args, format);
  sql = g_strdup_vprintf (format, args);
  va_end (args);
  cfd_sqlite_driver.execute (handle, sql, &error);
  g_assert_no_error (error);
}

/* Rows that grow, in pages that are split: SQLite alone leaves parts of those that are deleted later. */
static void
test_nothing_stays (void)
{
  g_autoptr (TempDb) temp = temp_db_new (&cfd_sqlite_driver);
  CfdDbHandle *handle = cfd_sqlite_driver.open (temp->path, FALSE, TRUE, NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  run (handle, "CREATE TABLE t (id TEXT PRIMARY KEY, who TEXT, words TEXT)");
  run (handle, "CREATE INDEX t_who ON t (who)");
  run (handle, "BEGIN");
  for (guint i = 0; i < 3000; i++)
    {
      guint of = i - g_rand_int_range (random, 0, MIN (i, 50) + 1);

      run (handle, "INSERT INTO t VALUES ('%08x', 'person-%u-x', '')", i * 7919, i % 300);
      for (guint k = 0; k < 3; k++)
        run (handle, "UPDATE t SET words = '%.*s' WHERE id = '%08x'", g_rand_int_range (random, 13, 150),
             "person-%u-x said this and that and more of this and that and more of this and that and more of this and that and more of this and that and more",
             of * 7919);
    }
  run (handle, "UPDATE t SET words = replace (words, '%%u', substr (who, 8, length (who) - 9))");
  run (handle, "COMMIT");
  run (handle, "DELETE FROM t WHERE who LIKE 'person-%%0-x'");
  g_assert_true (cfd_sqlite_driver.empty_log (handle));
  cfd_sqlite_driver.check (handle, &error);
  g_assert_no_error (error);
  g_file_get_contents (temp->path, &content, &length, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *who = g_strdup_printf ("person-%u-x", i);

      g_assert_cmpint (memmem (content, length, who, strlen (who)) != NULL, ==, i % 10 != 0);
    }
  cfd_sqlite_driver.close (handle);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backend/db/sqlite-page/gap", test_gap);
  g_test_add_func ("/backend/db/sqlite-page/nothing-stays", test_nothing_stays);
  return g_test_run ();
}
