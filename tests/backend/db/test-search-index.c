/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The full-text index says what the tables say, whatever becomes of a call, a commit or the file. */
#include "tests/db/temp-db.h"

#include "protocol/error.h"

#include <string.h>

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

static gint64
hits (TempDb *temp, const char *match)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT count(*) FROM message_search CROSS JOIN message ON seq = message_search.rowid WHERE message_search MATCH '%s'", match);

  g_autoptr (GError) error = NULL;

  cfd_db_index (temp->db, &error);
  g_assert_no_error (error);
  return temp_count (temp->db, sql);
}

static void
execute (TempDb *temp, const char *sql)
{
  g_autoptr (GError) error = NULL;
  CfdDbHandle *handle = cfd_sqlite_driver.open (temp->path, FALSE, FALSE, &error);

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

  temp_db_open (temp);
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
  execute (temp, "INSERT INTO message_search (message_search) VALUES ('integrity-check')");
}

/* Numbers stay with their messages when the file is written anew. */
static void
test_vacuum (void)
{
  g_autoptr (TempDb) temp = temp_db_new (&cfd_sqlite_driver);
  g_autoptr (CfOrganisation) organisation = NULL;
  g_autoptr (CfMessage) first = NULL, second = NULL;

  temp_db_open (temp);
  organisation = temp_db_organisation (temp);
  first = put_message (temp, organisation, "first heron", FALSE);
  second = put_message (temp, organisation, "second whale", FALSE);
  temp_db_close (temp);
  execute (temp, "DELETE FROM message WHERE text = 'first heron'; DELETE FROM message_unsaid; VACUUM");
  temp_db_open (temp);
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

  temp_db_open (temp);
  organisation = temp_db_organisation (temp);
  before = put_message (temp, organisation, "quiet lamp", FALSE);
  secret = put_message (temp, organisation, "my secret is wxyzzyplugh", FALSE);
  after = put_message (temp, organisation, "loud lamp", FALSE);
  g_assert_true (file_holds (temp, "", "xyzzyplugh") || file_holds (temp, "-wal", "xyzzyplugh"));
  set_text (temp, secret, NULL);
  g_assert_cmpint (hits (temp, "wxyzzyplugh"), ==, 0);
  execute (temp, "INSERT INTO message_search (message_search) VALUES ('optimize'); PRAGMA wal_checkpoint (TRUNCATE)");
  g_assert_false (file_holds (temp, "", "xyzzyplugh"));
  g_assert_false (file_holds (temp, "-wal", "xyzzyplugh"));
  g_assert_cmpint (hits (temp, "lamp"), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backend/db/search-index/calls", test_calls);
  g_test_add_func ("/backend/db/search-index/vacuum", test_vacuum);
  g_test_add_func ("/backend/db/search-index/erased-bytes", test_erased_bytes);
  return g_test_run ();
}
