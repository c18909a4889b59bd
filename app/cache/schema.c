/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "schema.h"

#include "outbox-store.h"

#include "protocol/record.h"
#include "protocol/sql.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* What is not a copy of the server's, but of this computer alone. */
static const char local_tables[] =
  "CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;"
  "CREATE TABLE outbox (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, conversation_id TEXT NOT NULL,"
  "  method TEXT NOT NULL, params TEXT NOT NULL, created_at INTEGER NOT NULL, position INTEGER NOT NULL, failed INTEGER NOT NULL,"
  "  error TEXT, due INTEGER NOT NULL DEFAULT 0);"
  "CREATE INDEX outbox_conversation ON outbox (conversation_id, method);"
  "CREATE TABLE draft (conversation_id TEXT NOT NULL, note INTEGER NOT NULL, text TEXT NOT NULL,"
  "  PRIMARY KEY (conversation_id, note)) WITHOUT ROWID;"
  /* the files that a draft has, until a message takes them; where they are on this computer */
  "CREATE TABLE draft_file (id TEXT PRIMARY KEY, conversation_id TEXT NOT NULL, note INTEGER NOT NULL, place INTEGER NOT NULL,"
  "  name TEXT NOT NULL, uri TEXT, size INTEGER NOT NULL) WITHOUT ROWID;"
  "CREATE INDEX draft_file_draft ON draft_file (conversation_id, note, place);"
  /* conversations of which the cache holds everything back to the first message */
  "CREATE TABLE history (conversation_id TEXT PRIMARY KEY) WITHOUT ROWID;";

/*
 * The order of the folders, derived from records and outbox, see place-store.c. `tally` counts each folder by day, so that a position is
 * found without counting them all; the indexes are those of its `within`, for each of the two keys by which a list is ordered.
 */
static const char place_tables[] =
  "CREATE TABLE place (id TEXT PRIMARY KEY, box INTEGER NOT NULL, time INTEGER NOT NULL, wait INTEGER NOT NULL, unread INTEGER NOT NULL,"
  "  mentioned INTEGER NOT NULL, department_id TEXT, site_id TEXT, assignee_id TEXT, tags TEXT, mood INTEGER NOT NULL) WITHOUT ROWID;"
  "CREATE INDEX place_mine ON place (time, id) WHERE box = 0;"
  "CREATE INDEX place_mine_wait ON place (wait, id) WHERE box = 0;"
  "CREATE INDEX place_unassigned ON place (time, id) WHERE box = 1;"
  "CREATE INDEX place_unassigned_wait ON place (wait, id) WHERE box = 1;"
  "CREATE INDEX place_all ON place (time, id) WHERE box < 3;"
  "CREATE INDEX place_all_wait ON place (wait, id) WHERE box < 3;"
  "CREATE INDEX place_mentions ON place (time, id) WHERE mentioned = 1;"
  "CREATE INDEX place_mentions_wait ON place (wait, id) WHERE mentioned = 1;"
  "CREATE INDEX place_snoozed ON place (time, id) WHERE box = 3;"
  "CREATE INDEX place_snoozed_wait ON place (wait, id) WHERE box = 3;"
  "CREATE INDEX place_closed ON place (time, id) WHERE box = 4;"
  "CREATE INDEX place_closed_wait ON place (wait, id) WHERE box = 4;"
  "CREATE INDEX place_department ON place (department_id, time, id) WHERE box < 3 AND department_id IS NOT NULL;"
  "CREATE INDEX place_department_wait ON place (department_id, wait, id) WHERE box < 3 AND department_id IS NOT NULL;"
  "CREATE INDEX place_site ON place (site_id, time, id) WHERE box < 3 AND site_id IS NOT NULL;"
  "CREATE INDEX place_site_wait ON place (site_id, wait, id) WHERE box < 3 AND site_id IS NOT NULL;"
  "CREATE INDEX place_unread ON place (time, id, box) WHERE unread > 0 AND box < 4;"
  "CREATE INDEX place_waits ON place (wait, id) WHERE box < 4 AND wait > 2251799813685248;"
  "CREATE TABLE viewed (id TEXT, folder TEXT, time INTEGER NOT NULL, wait INTEGER NOT NULL, unread INTEGER NOT NULL,"
  "  PRIMARY KEY (id, folder)) WITHOUT ROWID;"
  "CREATE INDEX viewed_time ON viewed (folder, time, id);"
  "CREATE INDEX viewed_wait ON viewed (folder, wait, id);"
  "CREATE INDEX viewed_unread ON viewed (folder, time, id) WHERE unread > 0;"
  "CREATE TABLE tally (folder TEXT, waiting INTEGER, day INTEGER, n INTEGER NOT NULL, PRIMARY KEY (folder, waiting, day)) WITHOUT ROWID;"
  "CREATE TABLE folder (key TEXT PRIMARY KEY, n INTEGER NOT NULL, unread INTEGER NOT NULL) WITHOUT ROWID;";

/* Full text; the index holds no second copy of the texts. */
static const char search_tables[] =
  "CREATE INDEX message_place ON message (conversation_id, position, id);"
  "CREATE INDEX team_message_place ON team_message (conversation_id, position, id);"
  "CREATE INDEX channel_member_channel ON channel_member (channel_id);"
  "CREATE INDEX message_mentions ON message (conversation_id) WHERE mentions IS NOT NULL;"
  "CREATE INDEX conversation_visitor ON conversation (visitor_id);"
  "CREATE INDEX visitor_merged ON visitor (merged_into) WHERE merged_into IS NOT NULL;"
  "CREATE INDEX conversation_waiting ON conversation (waiting_since) WHERE waiting_since > 0 AND status = 'open';"
  "CREATE INDEX read_mark_conversation ON read_mark (conversation_id);"
  "CREATE VIRTUAL TABLE message_words USING fts5 (text, content='message', content_rowid='row',"
  "  tokenize='words', prefix='2 3');"
  "CREATE TRIGGER message_added AFTER INSERT ON message BEGIN"
  "  INSERT INTO message_words (rowid, text) VALUES (new.row, new.text); END;"
  "CREATE TRIGGER message_changed AFTER UPDATE ON message WHEN old.text IS NOT new.text BEGIN"
  "  INSERT INTO message_words (message_words, rowid, text) VALUES ('delete', old.row, old.text);"
  "  INSERT INTO message_words (rowid, text) VALUES (new.row, new.text); END;"
  "CREATE VIRTUAL TABLE team_message_words USING fts5 (text, content='team_message', content_rowid='row',"
  "  tokenize='words', prefix='2 3');"
  "CREATE TRIGGER team_message_added AFTER INSERT ON team_message BEGIN"
  "  INSERT INTO team_message_words (rowid, text) VALUES (new.row, new.text); END;"
  "CREATE TRIGGER team_message_changed AFTER UPDATE ON team_message WHEN old.text IS NOT new.text BEGIN"
  "  INSERT INTO team_message_words (team_message_words, rowid, text) VALUES ('delete', old.row, old.text);"
  "  INSERT INTO team_message_words (rowid, text) VALUES (new.row, new.text); END;"
  /* with the seat in a channel its messages go */
  "CREATE TRIGGER team_message_gone AFTER DELETE ON team_message BEGIN"
  "  INSERT INTO team_message_words (team_message_words, rowid, text) VALUES ('delete', old.row, old.text); END;"
  "CREATE VIRTUAL TABLE visitor_words USING fts5 (name, email, content='visitor', content_rowid='row',"
  "  tokenize='words', prefix='2 3');"
  "CREATE TRIGGER visitor_added AFTER INSERT ON visitor BEGIN"
  "  INSERT INTO visitor_words (rowid, name, email) VALUES (new.row, new.name, new.email); END;"
  "CREATE TRIGGER visitor_changed AFTER UPDATE ON visitor WHEN old.name IS NOT new.name OR old.email IS NOT new.email BEGIN"
  "  INSERT INTO visitor_words (visitor_words, rowid, name, email) VALUES ('delete', old.row, old.name, old.email);"
  "  INSERT INTO visitor_words (rowid, name, email) VALUES (new.row, new.name, new.email); END;";

static void
append_record_table (GString *out, const CfShape *shape)
{
  g_string_append_printf (out, "CREATE TABLE %s (row INTEGER PRIMARY KEY", shape->table);
  for (guint i = 0; i < shape->n_fields; i++)
    {
      const CfField *field = &shape->fields[i];
      gboolean number = field->kind == CF_KIND_INTEGER || field->kind == CF_KIND_TIME || field->kind == CF_KIND_BOOLEAN;

      if (!cf_field_is_stored (field))
        continue;
      g_string_append_printf (out, ", %s %s", field->name, number ? "INTEGER" : "TEXT");
      if (strcmp (field->name, "id") == 0)
        g_string_append (out, " NOT NULL UNIQUE");
    }
  g_string_append (out, ");");
}

static char *
schema_text (void)
{
  GString *out = g_string_new (local_tables);

  g_string_append (out, place_tables);
  for (const CfShape *const *shape = cf_record_shapes (); *shape != NULL; shape++)
    append_record_table (out, *shape);
  g_string_append (out, search_tables);
  return g_string_free (out, FALSE);
}

static char *
schema_mark (void)
{
  g_autofree char *text = schema_text ();

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static gboolean
drop_everything (CfaDb *db, GError **error)
{
  g_autoptr (GString) script = g_string_new (NULL);
  /* virtual tables take their shadow tables along, sqlite_sequence stays */
  sqlite3_stmt *statement = cfa_db_prepare (db, error,
    "SELECT type, name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY sql NOT LIKE 'CREATE VIRTUAL%'", "");
  g_autoptr (GError) problem = NULL;

  if (statement == NULL)
    return FALSE;
  while (cfa_db_step (db, statement, &problem))
    g_string_append_printf (script, "DROP TABLE IF EXISTS \"%s\";", (const char *) sqlite3_column_text (statement, 1));
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  return cfa_db_script (db, script->str, error);
}

/* In one transaction: what the person wrote stays, the copy of the server's begins anew. */
static gboolean
build (CfaDb *db, const CfaLocal *local, GError **error)
{
  g_autofree char *text = schema_text (), *mark = schema_mark ();
  g_autofree char *version = g_strdup_printf ("PRAGMA user_version = %d", CFA_CACHE_VERSION);

  if (!cfa_db_script (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (drop_everything (db, error) && cfa_db_script (db, text, error) && cfa_db_script (db, version, error)
      && cfa_db_run (db, error, "INSERT INTO meta VALUES ('applied', 0), ('first', 1), ('shape', ?1), ('places', ?2)", "ti", mark,
                     g_get_real_time ()) /* above the number that any file before it had */
      && cfa_outbox_store_restore (db, local, error) && cfa_db_script (db, "COMMIT", error))
    return TRUE;
  if (cfa_db_in_transaction (db))
    cfa_db_script (db, "ROLLBACK", NULL);
  return FALSE;
}

static CfaDb *
open_in_place (const char *path, GError **error)
{
  g_autoptr (CfaDb) db = cfa_db_open (path, error);
  g_autofree char *mark = schema_mark (), *have = NULL;
  g_autoptr (CfaLocal) local = NULL;
  sqlite3_stmt *statement;
  g_autoptr (GError) problem = NULL;
  gboolean empty;

  if (db == NULL)
    return NULL;
  statement = cfa_db_prepare (db, error, "SELECT count(*) FROM sqlite_schema", "");
  if (statement == NULL)
    return NULL;
  if (!cfa_db_step (db, statement, error))
    return NULL;
  empty = sqlite3_column_int64 (statement, 0) == 0;
  sqlite3_reset (statement);
  if (!empty)
    have = cfa_db_text (db, "SELECT value FROM meta WHERE key = 'shape'", "");
  if (g_strcmp0 (mark, have) == 0 && cfa_db_integer (db, "PRAGMA user_version", "") == CFA_CACHE_VERSION)
    return g_steal_pointer (&db);
  if (!empty)
    g_message ("the local copy is of another version: building it anew");
  local = cfa_outbox_store_save (db);
  return build (db, local, error) ? g_steal_pointer (&db) : NULL;
}

static char *
beside (const char *path, const char *suffix)
{
  return g_strconcat (path, suffix, NULL);
}

static gboolean
there (const char *path, const char *suffix)
{
  g_autofree char *whole = beside (path, suffix);

  return g_file_test (whole, G_FILE_TEST_EXISTS);
}

static void
discard (const char *path, const char *suffix)
{
  static const char *const parts[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *whole = g_strconcat (path, suffix, parts[i], NULL);

      g_unlink (whole);
    }
}

/* Goes on where a crash has stopped rebuild(): a new file beside the old one may be half made, one alone is whole. */
static gboolean
finish_rebuild (const char *path, GError **error)
{
  g_autofree char *new_path = beside (path, ".new");

  if (there (path, ""))
    {
      discard (path, ".new");
      return TRUE;
    }
  if (!there (path, ".new"))
    return TRUE;
  discard (path, "");
  if (g_rename (new_path, path) == 0)
    return TRUE;
  g_set_error (error, CFA_CACHE_ERROR, CFA_CACHE_ERROR_FAILED, "%s could not be put in place: %s", new_path, g_strerror (errno));
  return FALSE;
}

/* A new file beside the broken one takes over what can still be read of outbox and drafts, then takes its place. */
static gboolean
rebuild (const char *path, GError **error)
{
  g_autofree char *new_path = beside (path, ".new");
  g_autoptr (CfaDb) broken = cfa_db_open (path, NULL);
  g_autoptr (CfaLocal) local = cfa_outbox_store_save (broken);
  g_autoptr (CfaDb) fresh = NULL;

  g_message ("the local copy is broken: building it anew, keeping what is unsent");
  g_clear_pointer (&broken, cfa_db_free);
  discard (path, ".new");
  fresh = cfa_db_open (new_path, error);
  if (fresh == NULL || !build (fresh, local, error))
    return FALSE;
  g_clear_pointer (&fresh, cfa_db_free);
  if (there (path, ".new-wal"))
    {
      g_set_error (error, CFA_CACHE_ERROR, CFA_CACHE_ERROR_FAILED, "%s could not be completed", new_path);
      return FALSE;
    }
  discard (path, "");
  return finish_rebuild (path, error);
}

/**
 * cfa_schema_open:
 * @path: of the file; its folder exists
 *
 * Opens the cache with the tables that this version of the program wants. One of another version, or one that is broken,
 * is built anew and is then filled by the server (`applied` is 0); outbox and drafts are carried over.
 */
CfaDb *
cfa_schema_open (const char *path, GError **error)
{
  g_autoptr (GError) problem = NULL;
  CfaDb *db;

  if (!finish_rebuild (path, error))
    return NULL;
  db = open_in_place (path, &problem);
  if (db != NULL)
    return db;
  if (!g_error_matches (problem, CFA_CACHE_ERROR, CFA_CACHE_ERROR_CORRUPT))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  return cfa_schema_rebuild (path, error);
}

/**
 * cfa_schema_rebuild:
 * For a file in which something broken was found while it was open; it must be closed now.
 */
CfaDb *
cfa_schema_rebuild (const char *path, GError **error)
{
  return rebuild (path, error) ? open_in_place (path, error) : NULL;
}
