/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The full-text index says what the tables say, whatever becomes of a call, a commit or the files. */
#include "tests/db/temp-db.h"

#include "backend/db/search-index.h"
#include "backend/db/snapshot.h"
#include "protocol/error.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  CfMessage *message;
  gboolean fails;
} Put;

static gboolean
put_and_maybe_fail (CfdTx *tx, gpointer data, GError **error)
{
  Put *put = data;

  if (!cfd_tx_put (tx, put->message, error))
    return FALSE;
  if (put->fails)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "as asked");
  return !put->fails;
}

static CfMessage *
put_message (TempDb *temp, const CfOrganisation *organisation, const char *text, gboolean fails)
{
  Put put = { temp_message_new (organisation->parent.id, text), fails };
  g_autoptr (GError) error = NULL;

  g_assert_true (cfd_db_run (temp->db, CFD_DB_WRITE, put_and_maybe_fail, &put, &error) == !fails);
  return put.message;
}

static void
set_text (TempDb *temp, CfMessage *message, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_free (message->text);
  message->text = g_strdup (text);
  message->parent.deleted = text == NULL;
  cfd_db_run (temp->db, CFD_DB_WRITE, temp_put, message, &error);
  g_assert_no_error (error);
}

static void
open_with_search (TempDb *temp)
{
  temp_db_open (temp);
  cfd_db_start_search (temp->db);
}

static gint64
hits_now (TempDb *temp, const char *match)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT count(*) FROM message_search CROSS JOIN message ON seq = message_search.rowid WHERE message_search MATCH '%s'", match);

  return temp_count (temp->db, sql);
}

static gint64
hits (TempDb *temp, const char *match)
{
  g_autoptr (GError) error = NULL;

  cfd_db_index (temp->db, &error);
  g_assert_no_error (error);
  return hits_now (temp, match);
}

/* @end: of the file's name */
static void
execute (TempDb *temp, const char *end, const char *sql)
{
  g_autofree char *path = g_strconcat (temp->path, end, NULL);
  g_autoptr (GError) error = NULL;
  CfdDbHandle *handle = cfd_sqlite_driver.open (path, FALSE, FALSE, &error);

  g_assert_no_error (error);
  g_assert_true (cfd_sqlite_driver.execute (handle, sql, &error));
  g_assert_no_error (error);
  cfd_sqlite_driver.close (handle);
}

static void
test_calls (void)
{
  g_autoptr (TempDb) temp = temp_db_new (&cfd_sqlite_driver);
  g_autoptr (CfOrganisation) organisation = NULL;
  g_autoptr (CfMessage) kept = NULL, failed = NULL;

  open_with_search (temp);
  organisation = temp_db_organisation (temp);
  kept = put_message (temp, organisation, "blue whale", FALSE);
  failed = put_message (temp, organisation, "grey whale", TRUE);
  g_assert_cmpint (hits (temp, "whale"), ==, 1);
  g_assert_cmpint (hits (temp, "grey"), ==, 0);
  set_text (temp, kept, "blue heron");
  g_assert_cmpint (hits (temp, "whale"), ==, 0);
  g_assert_cmpint (hits (temp, "heron"), ==, 1);
  set_text (temp, kept, NULL);
  g_assert_cmpint (hits (temp, "heron"), ==, 0);
  /* FTS5's own check of itself: fails with an error when it is not whole */
  execute (temp, "-search", "INSERT INTO message_search (message_search) VALUES ('integrity-check')");
}

/* Numbers stay with their messages when the file is written anew. */
static void
test_vacuum (void)
{
  g_autoptr (TempDb) temp = temp_db_new (&cfd_sqlite_driver);
  g_autoptr (CfOrganisation) organisation = NULL;
  g_autoptr (CfMessage) first = NULL, second = NULL;

  open_with_search (temp);
  organisation = temp_db_organisation (temp);
  first = put_message (temp, organisation, "first heron", FALSE);
  second = put_message (temp, organisation, "second whale", FALSE);
  g_assert_cmpint (hits (temp, "whale"), ==, 1);
  temp_db_close (temp);
  execute (temp, "", "DELETE FROM message WHERE text = 'first heron'; VACUUM");
  open_with_search (temp);
  g_assert_cmpint (hits (temp, "whale"), ==, 1);
  g_assert_cmpint (temp_count (temp->db, "SELECT message.text = 'second whale' FROM message_search CROSS JOIN message ON seq = message_search.rowid"
                                         " WHERE message_search MATCH 'whale'"), ==, 1);
}

static gboolean
file_holds (TempDb *temp, const char *end, const char *bytes)
{
  g_autofree char *path = g_strconcat (temp->path, end, NULL), *content = NULL;
  gsize length = 0, wanted = strlen (bytes);

  if (!g_file_get_contents (path, &content, &length, NULL))
    return FALSE;
  for (gsize i = 0; i + wanted <= length; i++)
    if (memcmp (content + i, bytes, wanted) == 0)
      return TRUE;
  return FALSE;
}

/* What is erased can no longer be found at once; its words leave the file with the index's next tidying and the log's next checkpoint. */
static void
test_erased_bytes (void)
{
  g_autoptr (TempDb) temp = temp_db_new (&cfd_sqlite_driver);
  g_autoptr (CfOrganisation) organisation = NULL;
  g_autoptr (CfMessage) before = NULL, secret = NULL, after = NULL;

  open_with_search (temp);
  organisation = temp_db_organisation (temp);
  before = put_message (temp, organisation, "quiet lamp", FALSE);
  secret = put_message (temp, organisation, "my secret is wxyzzyplugh", FALSE);
  after = put_message (temp, organisation, "loud lamp", FALSE);
  g_assert_cmpint (hits (temp, "wxyzzyplugh"), ==, 1);
  g_assert_true (file_holds (temp, "", "xyzzyplugh") || file_holds (temp, "-wal", "xyzzyplugh"));
  g_assert_true (file_holds (temp, "-search", "xyzzyplugh") || file_holds (temp, "-search-wal", "xyzzyplugh"));
  set_text (temp, secret, NULL);
  g_assert_cmpint (hits (temp, "wxyzzyplugh"), ==, 0);
  execute (temp, "", "PRAGMA wal_checkpoint (TRUNCATE)");
  execute (temp, "-search", "INSERT INTO message_search (message_search) VALUES ('optimize'); PRAGMA wal_checkpoint (TRUNCATE)");
  g_assert_false (file_holds (temp, "", "xyzzyplugh"));
  g_assert_false (file_holds (temp, "-wal", "xyzzyplugh"));
  g_assert_false (file_holds (temp, "-search", "xyzzyplugh"));
  g_assert_false (file_holds (temp, "-search-wal", "xyzzyplugh"));
  g_assert_cmpint (hits (temp, "lamp"), ==, 2);
}

/* It needs nobody to ask for it. */
static void
test_follows (void)
{
  g_autoptr (TempDb) temp = temp_db_new (&cfd_sqlite_driver);
  g_autoptr (CfOrganisation) organisation = NULL;
  g_autoptr (CfMessage) message = NULL, later = NULL;
  CfdDbStats stats;

  open_with_search (temp);
  organisation = temp_db_organisation (temp);
  message = put_message (temp, organisation, "blue whale", FALSE);
  while (hits_now (temp, "whale") == 0)
    g_usleep (1000);
  later = put_message (temp, organisation, "grey whale", FALSE);
  while (hits_now (temp, "whale") == 1)
    g_usleep (1000);
  do
    cfd_db_get_stats (temp->db, &stats);
  while (stats.search_lag > 0);
}

/* More than one slice, several organisations, and many changes of one revision. */
static gboolean
put_many (CfdTx *tx, gpointer data, GError **error)
{
  for (guint i = 0; i < 10000; i++)
    {
      g_autoptr (CfMessage) message = temp_message_new (data, i % 2 == 0 ? "even pebble" : "odd pebble");

      if (!cfd_tx_put (tx, message, error))
        return FALSE;
    }
  return TRUE;
}

static void
test_many (void)
{
  g_autoptr (TempDb) temp = temp_db_new (&cfd_sqlite_driver);
  g_autoptr (CfOrganisation) first = NULL, second = NULL;
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (cf_struct_unref);
  g_autoptr (GError) error = NULL;

  temp_db_open (temp);
  first = temp_db_organisation (temp);
  second = temp_db_organisation (temp);
  for (guint i = 0; i < 300; i++)
    g_ptr_array_add (messages, put_message (temp, i % 3 == 0 ? first : second, "single stone", FALSE));
  g_assert_true (cfd_db_run (temp->db, CFD_DB_WRITE, put_many, first->parent.id, &error));
  cfd_db_start_search (temp->db);
  g_assert_cmpint (hits (temp, "stone"), ==, 300);
  g_assert_cmpint (hits (temp, "odd"), ==, 5000);
  set_text (temp, messages->pdata[0], "single gem");
  set_text (temp, messages->pdata[1], NULL);
  set_text (temp, messages->pdata[2], "single stone");
  g_assert_cmpint (hits (temp, "stone"), ==, 298);
  g_assert_cmpint (hits (temp, "gem"), ==, 1);
}

/* Whatever the file is, it is made anew when it does not belong to the database. */
static void
test_made_anew (void)
{
  static const char *const damages[] = {
    "DELETE FROM origin", "UPDATE origin SET version = version + 1", "UPDATE origin SET epoch = 1", "UPDATE origin SET id = 'other'",
    "UPDATE followed SET rev = rev + 1000", "DROP TABLE followed", "INSERT INTO followed VALUES ('nobody', 1)",
    "DROP TABLE message_search_config",
  };
  g_autoptr (TempDb) temp = temp_db_new (&cfd_sqlite_driver);
  g_autofree char *path = cfd_search_index_path (temp->path);
  g_autoptr (CfOrganisation) organisation = NULL;
  g_autoptr (CfMessage) message = NULL;

  open_with_search (temp);
  organisation = temp_db_organisation (temp);
  message = put_message (temp, organisation, "blue whale", FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (damages) + 3; i++)
    {
      g_assert_cmpint (hits (temp, "whale"), ==, 1);
      temp_db_close (temp);
      execute (temp, "-search", "DELETE FROM message_search"); /* only a new one finds anything */
      if (i < G_N_ELEMENTS (damages))
        execute (temp, "-search", damages[i]);
      else if (i == G_N_ELEMENTS (damages))
        g_assert_true (g_file_set_contents (path, "this is no database, by far too long for one that is empty", -1, NULL));
      else if (i == G_N_ELEMENTS (damages) + 1)
        g_assert_cmpint (truncate (path, 6000), ==, 0);
      else
        cfd_search_index_remove (temp->path);
      open_with_search (temp);
    }
  g_assert_cmpint (hits (temp, "whale"), ==, 1);
}

/* Damage that is met while it is used: who searches is told to try again, then finds. */
static void
test_damaged_in_use (void)
{
  g_autoptr (TempDb) temp = temp_db_new (&cfd_sqlite_driver);
  g_autoptr (CfOrganisation) organisation = NULL;
  g_autoptr (CfMessage) message = NULL, later = NULL;

  open_with_search (temp);
  organisation = temp_db_organisation (temp);
  message = put_message (temp, organisation, "blue whale", FALSE);
  g_assert_cmpint (hits (temp, "whale"), ==, 1);
  execute (temp, "-search", "DELETE FROM message_search_data");
  later = put_message (temp, organisation, "grey whale", FALSE);
  while (!cfd_db_index (temp->db, NULL))
    g_usleep (1000);
  g_assert_cmpint (hits (temp, "whale"), ==, 2);
}

/* Messages need no index. */
static void
test_no_room (void)
{
  g_autoptr (TempDb) temp = temp_db_new (&cfd_sqlite_driver);
  g_autofree char *path = cfd_search_index_path (temp->path);
  g_autoptr (CfOrganisation) organisation = NULL;
  g_autoptr (CfMessage) message = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0); /* nothing can be made there */
  temp_db_open (temp);
  cfd_db_start_search (temp->db);
  organisation = temp_db_organisation (temp);
  message = put_message (temp, organisation, "blue whale", FALSE);
  g_assert_cmpint (temp_count (temp->db, "SELECT count(*) FROM message"), ==, 1);
  g_assert_false (cfd_db_index (temp->db, &error));
  g_assert_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE);
  g_assert_cmpint (g_rmdir (path), ==, 0);
  g_assert_cmpint (hits (temp, "whale"), ==, 1);
}

/* A backup has no index; the one of what was replaced is not used for it. */
static void
test_restored (void)
{
  g_autoptr (TempDb) temp = temp_db_new (&cfd_sqlite_driver);
  g_autofree char *backup = g_build_filename (temp->folder, "backup.db", NULL), *aside = NULL, *path = cfd_search_index_path (temp->path);
  g_autoptr (CfOrganisation) organisation = NULL;
  g_autoptr (CfMessage) before = NULL, after = NULL;
  g_autoptr (GError) error = NULL;
  CfdSnapshot snapshot;

  open_with_search (temp);
  organisation = temp_db_organisation (temp);
  before = put_message (temp, organisation, "blue whale", FALSE);
  g_assert_true (cfd_snapshot_save (&cfd_sqlite_driver, temp->path, backup, FALSE, NULL, NULL, &snapshot, &error));
  after = put_message (temp, organisation, "grey whale", FALSE);
  g_assert_cmpint (hits (temp, "whale"), ==, 2);
  temp_db_close (temp);
  g_assert_true (cfd_snapshot_restore (&cfd_sqlite_driver, backup, temp->path, TRUE, NULL, NULL, &snapshot, &aside, &error));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  open_with_search (temp);
  g_assert_cmpint (hits (temp, "whale"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK); /* an index that cannot be made is a warning */
  g_test_add_func ("/backend/db/search-index/calls", test_calls);
  g_test_add_func ("/backend/db/search-index/vacuum", test_vacuum);
  g_test_add_func ("/backend/db/search-index/erased-bytes", test_erased_bytes);
  g_test_add_func ("/backend/db/search-index/follows", test_follows);
  g_test_add_func ("/backend/db/search-index/many", test_many);
  g_test_add_func ("/backend/db/search-index/made-anew", test_made_anew);
  g_test_add_func ("/backend/db/search-index/damaged-in-use", test_damaged_in_use);
  g_test_add_func ("/backend/db/search-index/no-room", test_no_room);
  g_test_add_func ("/backend/db/search-index/restored", test_restored);
  return g_test_run ();
}
