/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "outbox-store.h"

#define OLD_COLUMNS "id, conversation_id, method, params, created_at, position, failed, error"
#define COLUMNS OLD_COLUMNS ", due"

static CfaOutboxRow *
read_row (sqlite3_stmt *statement)
{
  CfaOutboxRow *row = cfa_outbox_row_new ();

  row->id = cfa_db_dup (statement, 0);
  row->conversation_id = cfa_db_dup (statement, 1);
  row->method = cfa_db_dup (statement, 2);
  row->params = cfa_db_dup (statement, 3);
  row->created_at = sqlite3_column_int64 (statement, 4);
  row->position = sqlite3_column_int64 (statement, 5);
  row->failed = CLAMP (sqlite3_column_int (statement, 6), CFA_REFUSAL_NONE, CFA_REFUSAL_OVERTAKEN);
  row->error = cfa_db_dup (statement, 7);
  row->due = sqlite3_column_int64 (statement, 8);
  return row;
}

static void
read_rows (CfaDb *db, GPtrArray *rows, sqlite3_stmt *statement, GError **error)
{
  while (statement != NULL && cfa_db_step (db, statement, error))
    if (sqlite3_column_type (statement, 0) == SQLITE_TEXT && sqlite3_column_type (statement, 3) == SQLITE_TEXT)
      g_ptr_array_add (rows, read_row (statement));
}

static void
read_all_rows (CfaDb *db, GPtrArray *rows, GError **error)
{
  read_rows (db, rows, cfa_db_prepare (db, error, "SELECT " COLUMNS " FROM outbox ORDER BY seq", ""), error);
}

/* A file of an earlier version knows of nothing that can be called back. */
static void
read_saved_rows (CfaDb *db, GPtrArray *rows)
{
  sqlite3_stmt *statement = cfa_db_prepare (db, NULL, "SELECT " COLUMNS " FROM outbox ORDER BY seq", "");

  if (statement == NULL)
    statement = cfa_db_prepare (db, NULL, "SELECT " OLD_COLUMNS ", 0 FROM outbox ORDER BY seq", "");
  read_rows (db, rows, statement, NULL);
}

static void
read_files (CfaDb *db, GPtrArray *files, GError **error)
{
  sqlite3_stmt *statement = cfa_db_prepare (db, error, "SELECT conversation_id, note, id, name, uri, size FROM draft_file"
                                                       " ORDER BY conversation_id, note, place", "");

  while (statement != NULL && cfa_db_step (db, statement, error))
    {
      CfaDraftFile *file = g_new0 (CfaDraftFile, 1);

      file->conversation_id = cfa_db_dup (statement, 0);
      file->note = sqlite3_column_int (statement, 1) != 0;
      file->id = cfa_db_dup (statement, 2);
      file->name = cfa_db_dup (statement, 3);
      file->uri = cfa_db_dup (statement, 4);
      file->size = sqlite3_column_int64 (statement, 5);
      g_ptr_array_add (files, file);
    }
}

/* A file of the first version does not say what a draft is: an answer taken for a note does no harm, the other way round does. */
static void
read_drafts (CfaDb *db, CfaLocal *local)
{
  sqlite3_stmt *statement = cfa_db_prepare (db, NULL, "SELECT conversation_id, text, note FROM draft", "");

  if (statement == NULL)
    statement = cfa_db_prepare (db, NULL, "SELECT conversation_id, text, 1 FROM draft", "");
  while (statement != NULL && cfa_db_step (db, statement, NULL))
    if (sqlite3_column_type (statement, 0) == SQLITE_TEXT && sqlite3_column_type (statement, 1) == SQLITE_TEXT)
      g_hash_table_insert (local->drafts[sqlite3_column_int (statement, 2) != 0], cfa_db_dup (statement, 0), cfa_db_dup (statement, 1));
}

void
cfa_local_free (CfaLocal *self)
{
  g_ptr_array_unref (self->outbox);
  g_ptr_array_unref (self->files);
  for (int note = 0; note < 2; note++)
    g_hash_table_unref (self->drafts[note]);
  g_free (self);
}

/**
 * cfa_outbox_store_save:
 * @db: (nullable): possibly of another version, or broken
 *
 * Returns: (transfer full): as much of outbox and drafts as can be read.
 */
CfaLocal *
cfa_outbox_store_save (CfaDb *db)
{
  CfaLocal *self = g_new0 (CfaLocal, 1);

  self->outbox = g_ptr_array_new_with_free_func ((GDestroyNotify) cfa_outbox_row_unref);
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) cfa_draft_file_free);
  for (int note = 0; note < 2; note++)
    self->drafts[note] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (db == NULL)
    return self;
  read_saved_rows (db, self->outbox);
  read_drafts (db, self);
  read_files (db, self->files, NULL);
  return self;
}

static gboolean
restore_drafts (CfaDb *db, GHashTable *drafts, gboolean note, GError **error)
{
  GHashTableIter iter;
  gpointer id, text;

  g_hash_table_iter_init (&iter, drafts);
  while (g_hash_table_iter_next (&iter, &id, &text))
    if (!cfa_outbox_store_draft (db, id, text, note, error))
      return FALSE;
  return TRUE;
}

static gboolean
add_file (CfaDb *db, const CfaDraftFile *file, guint place, GError **error)
{
  return cfa_db_run (db, error, "INSERT OR REPLACE INTO draft_file (id, conversation_id, note, place, name, uri, size)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", "ttbitti", file->id, file->conversation_id, file->note, (gint64) place,
                     file->name, file->uri, file->size);
}

gboolean
cfa_outbox_store_restore (CfaDb *db, const CfaLocal *local, GError **error)
{
  for (guint i = 0; i < local->outbox->len; i++)
    if (!cfa_outbox_store_add (db, local->outbox->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < local->files->len; i++)
    if (!add_file (db, local->files->pdata[i], i, error))
      return FALSE;
  return restore_drafts (db, local->drafts[0], FALSE, error) && restore_drafts (db, local->drafts[1], TRUE, error);
}

/**
 * cfa_outbox_store_list:
 * Returns: (transfer full): all rows of CfaOutboxRow in the order in which they were made.
 */
GPtrArray *
cfa_outbox_store_list (CfaDb *db, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) cfa_outbox_row_unref);
  g_autoptr (GError) problem = NULL;

  read_all_rows (db, rows, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  return g_steal_pointer (&rows);
}

/**
 * cfa_outbox_store_of:
 * Returns: (transfer full): the rows of one conversation in the order in which they were made.
 */
GPtrArray *
cfa_outbox_store_of (CfaDb *db, const char *conversation_id, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) cfa_outbox_row_unref);
  g_autoptr (GError) problem = NULL;

  read_rows (db, rows, cfa_db_prepare (db, &problem, "SELECT " COLUMNS " FROM outbox WHERE conversation_id = ?1 ORDER BY seq", "t",
                                       conversation_id), &problem);
  if (problem == NULL)
    return g_steal_pointer (&rows);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

gboolean
cfa_outbox_store_add (CfaDb *db, const CfaOutboxRow *row, GError **error)
{
  return cfa_db_run (db, error, "INSERT INTO outbox (" COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)", "ttttiiiti",
                     row->id, row->conversation_id, row->method, row->params, row->created_at, row->position,
                     (gint64) row->failed, row->error, row->due);
}

gboolean
cfa_outbox_store_mark (CfaDb *db, const char *id, CfaRefusal failed, const char *problem, GError **error)
{
  return cfa_db_run (db, error, "UPDATE outbox SET failed = ?2, error = ?3 WHERE id = ?1", "tit", id, (gint64) failed, problem);
}

/**
 * cfa_outbox_store_remove:
 * @was_there: (out): whether there was such a row
 */
gboolean
cfa_outbox_store_remove (CfaDb *db, const char *id, gboolean *was_there, GError **error)
{
  *was_there = cfa_db_integer (db, "SELECT count(*) FROM outbox WHERE id = ?1", "t", id) > 0;
  return !*was_there || cfa_db_run (db, error, "DELETE FROM outbox WHERE id = ?1", "t", id);
}

/**
 * cfa_outbox_store_draft:
 * @text: (nullable): NULL or empty forgets the draft
 * @note: whether it is a staff note, of which a conversation has a draft besides that of an answer
 */
gboolean
cfa_outbox_store_draft (CfaDb *db, const char *conversation_id, const char *text, gboolean note, GError **error)
{
  if (text == NULL || text[0] == '\0')
    return cfa_db_run (db, error, "DELETE FROM draft WHERE conversation_id = ?1 AND note = ?2", "tb", conversation_id, note);
  return cfa_db_run (db, error, "INSERT INTO draft VALUES (?1, ?2, ?3) ON CONFLICT (conversation_id, note)"
                     " DO UPDATE SET text = excluded.text", "tbt", conversation_id, note, text);
}

/**
 * cfa_outbox_store_files:
 * Returns: (transfer full): of CfaDraftFile: the files of all drafts, each draft's in their order.
 */
GPtrArray *
cfa_outbox_store_files (CfaDb *db, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) cfa_draft_file_free);
  GError *problem = NULL;

  read_files (db, files, &problem);
  if (problem == NULL)
    return g_steal_pointer (&files);
  g_propagate_error (error, problem);
  return NULL;
}

/**
 * cfa_outbox_store_set_files:
 * @files: of CfaDraftFile: all that the draft has from now on
 * @note: whether it is that of a staff note
 */
gboolean
cfa_outbox_store_set_files (CfaDb *db, const char *conversation_id, gboolean note, const GPtrArray *files, GError **error)
{
  if (!cfa_db_run (db, error, "DELETE FROM draft_file WHERE conversation_id = ?1 AND note = ?2", "tb", conversation_id, note))
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    if (!add_file (db, files->pdata[i], i, error))
      return FALSE;
  return TRUE;
}
