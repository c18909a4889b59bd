/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever is typed into the search box is a query that the engine takes, and a found word is found again. */
#include "fuzz.h"

#include "backend/db/db-driver.h"
#include "search/query.h"
#include "search/words.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  const char *word;
  gsize length;
  guint n;
} Again;

/* In files that nobody sees, and that go with the program. */
static CfdDbHandle *
make_index (void)
{
  static const char *const ends[] = { "", "-wal", "-shm" };
  g_autofree char *folder = g_dir_make_tmp ("chatflow-fuzz-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "chatflow.db", NULL);
  CfdDbHandle *handle = cfd_sqlite_driver.open (path, FALSE, TRUE, NULL);

  g_assert_nonnull (handle);
  g_assert_true (cfd_sqlite_driver.execute (handle, "CREATE VIRTUAL TABLE search USING fts5 (scope, text, prefix = '2 3', tokenize = 'words')", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *file = g_strconcat (path, ends[i], NULL);

      g_unlink (file);
    }
  g_rmdir (folder);
  return handle;
}

static gboolean
is_the_same (const char *word, gsize length, gsize start, gsize end, gpointer data)
{
  Again *again = data;

  again->n++;
  g_assert_cmpmem (word, length, again->word, again->length);
  return TRUE;
}

static gboolean
is_found_again (const char *word, gsize length, gsize start, gsize end, gpointer data)
{
  Again again = { word, length, 0 };
  gsize *last = data;

  g_assert_cmpuint (start, >=, *last);
  g_assert_cmpuint (end, >, start);
  g_assert_true (g_utf8_validate_len (word, length, NULL));
  *last = start;
  cf_words_each (word, length, is_the_same, &again);
  g_assert_cmpuint (again.n, ==, 1);
  return TRUE;
}

static void
check_match (CfdDbHandle *handle, const CfSearchQuery *query)
{
  g_autofree char *match = cf_search_query_to_match (query, "o1 v", "text");
  CfdDbStatement *statement = cfd_sqlite_driver.prepare (handle, "SELECT rowid FROM search WHERE search MATCH $1", NULL);
  CfSqlValue value = { .type = CF_SQL_TEXT, .text = match };
  g_autoptr (GError) error = NULL;

  cfd_sqlite_driver.bind (statement, 1, &value, TRUE);
  cfd_sqlite_driver.step (statement, &error);
  g_assert_no_error (error);
  cfd_sqlite_driver.release (statement);
}

static void
check_hit (const CfSearchQuery *query, const char *text)
{
  g_autoptr (CfSearchHit) hit = cf_search_query_mark (query, "x", text);
  glong at = 0, length;

  if (hit == NULL)
    return;
  length = g_utf8_strlen (hit->snippet, -1);
  g_assert_cmpint (length, <=, CF_SEARCH_SNIPPET_MAX);
  g_assert_cmpuint (hit->marks->len, >, 0);
  for (guint i = 0; i < hit->marks->len; i++)
    {
      const CfSearchMark *mark = hit->marks->pdata[i];

      g_assert_cmpint (mark->start, >=, at);
      g_assert_cmpint (mark->length, >, 0);
      at = mark->start + mark->length;
      g_assert_cmpint (at, <=, length);
    }
}

/* The first half is the query, all of it the text. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static CfdDbHandle *handle;
  g_autofree char *text = g_utf8_make_valid ((const char *) data, size), *half = NULL;
  g_autoptr (CfSearchQuery) query = NULL;
  gsize last = 0;

  cf_words_each ((const char *) data, size, is_found_again, &last);
  if (handle == NULL)
    handle = make_index ();
  half = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1) / 2, CF_SEARCH_TEXT_MAX));
  query = cf_search_query_new (half);
  if (cf_search_query_is_empty (query))
    return 0;
  check_match (handle, query);
  check_hit (query, text);
  return 0;
}
