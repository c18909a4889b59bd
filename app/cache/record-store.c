/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record-store.h"

#include "place-store.h"

#include "protocol/records/channel-member.h"
#include "protocol/records/conversation.h"
#include "protocol/records/message.h"
#include "protocol/records/read-mark.h"
#include "protocol/records/team-message.h"
#include "protocol/records/visitor.h"
#include "protocol/sql.h"

/* Merged into one visitor, of those that are shown. */
#define MERGED_MAX 50

static gboolean
upsert (CfaDb *db, const CfRecord *record, GError **error)
{
  const CfShape *shape = record->parent.shape;
  g_autofree char *sql = cf_sql_upsert (shape);
  sqlite3_stmt *statement = cfa_db_prepare (db, error, sql, "");
  gboolean ok;
  int n = 0;

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < shape->n_fields; i++)
    {
      g_auto (CfSqlValue) value = CF_SQL_INIT;

      if (!cf_field_is_stored (&shape->fields[i]))
        continue;
      cf_sql_value_get (&shape->fields[i], record, &value);
      n++;
      if (value.type == CF_SQL_INTEGER)
        sqlite3_bind_int64 (statement, n, value.integer);
      else if (value.type == CF_SQL_TEXT)
        sqlite3_bind_text (statement, n, value.text, -1, SQLITE_TRANSIENT);
    }
  ok = sqlite3_step (statement) == SQLITE_DONE || cfa_db_failed (db, error);
  sqlite3_reset (statement);
  return ok;
}

static gboolean
touch_query (CfaDb *db, GHashTable *touched, const char *sql, const char *id, GError **error)
{
  sqlite3_stmt *statement = cfa_db_prepare (db, error, sql, "t", id);
  g_autoptr (GError) problem = NULL;

  if (statement == NULL)
    return FALSE;
  while (cfa_db_step (db, statement, &problem))
    if (sqlite3_column_type (statement, 0) == SQLITE_TEXT)
      g_hash_table_add (touched, cfa_db_dup (statement, 0));
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* Which conversations look different now; all those of a site that was renamed would be too many to say. Of a tombstone only the id is known, the rest is asked of what is still stored. */
static gboolean
touch (CfaDb *db, const CfRecord *record, GHashTable *touched, GError **error)
{
  const CfShape *shape = record->parent.shape;

  if (shape == &cf_conversation_shape)
    g_hash_table_add (touched, g_strdup (record->id));
  else if (shape == &cf_visitor_shape)
    return touch_query (db, touched, "SELECT id FROM conversation WHERE visitor_id IN (SELECT ?1 UNION ALL SELECT id FROM visitor WHERE merged_into = ?1)",
                        record->id, error);
  else if (shape == &cf_message_shape && record->deleted)
    return touch_query (db, touched, "SELECT conversation_id FROM message WHERE id = ?1", record->id, error);
  else if (shape == &cf_message_shape)
    g_hash_table_add (touched, g_strdup (((CfMessage *) record)->conversation_id));
  else if (shape == &cf_read_mark_shape && record->deleted)
    return touch_query (db, touched, "SELECT conversation_id FROM read_mark WHERE id = ?1", record->id, error);
  else if (shape == &cf_read_mark_shape)
    g_hash_table_add (touched, g_strdup (((CfReadMark *) record)->conversation_id));
  return TRUE;
}

/* What a tombstone says besides its name and number is not kept. */
static CfRecord *
bare (CfRecord *record)
{
  CfRecord *stone;

  if (!record->deleted)
    return cf_struct_ref (record);
  stone = cf_struct_new (record->parent.shape);
  stone->id = g_strdup (record->id);
  stone->rev = record->rev;
  stone->deleted = TRUE;
  return stone;
}

/* A record from outside that lacks what others find it by would be a row that nobody can see. */
static gboolean
is_whole (const CfRecord *record)
{
  if (record->id == NULL)
    return FALSE;
  if (record->deleted)
    return TRUE;
  if (record->parent.shape == &cf_message_shape || record->parent.shape == &cf_team_message_shape)
    return ((CfMessage *) record)->conversation_id != NULL;
  if (record->parent.shape == &cf_read_mark_shape)
    return ((CfReadMark *) record)->conversation_id != NULL;
  if (record->parent.shape == &cf_channel_member_shape)
    return ((CfChannelMember *) record)->channel_id != NULL;
  return TRUE;
}

/**
 * cfa_record_store_apply:
 * @touched: set of char *: receives the ids of the conversations that look different afterwards
 * @kept: (out): FALSE when a newer one is at hand
 *
 * Rule 3 of docs/protocol.md: keeps @record if its rev is not lower than that of the one with the same type and id. A tombstone
 * stays as a row with nothing but its number.
 */
gboolean
cfa_record_store_apply (CfaDb *db, CfRecord *record, GHashTable *touched, gboolean *kept, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT coalesce(max(rev), -1) FROM %s WHERE id = ?1", record->parent.shape->table);
  g_autoptr (CfRecord) stored = NULL;

  *kept = is_whole (record) && record->rev >= cfa_db_integer (db, sql, "t", record->id);
  if (!*kept)
    return TRUE;
  stored = bare (record);
  return touch (db, record, touched, error) && upsert (db, stored, error);
}

/**
 * cfa_record_store_clear:
 * Forgets the copy of the server's records, not what the person wrote; `applied` is 0 afterwards.
 */
gboolean
cfa_record_store_clear (CfaDb *db, GError **error)
{
  for (const CfShape *const *shape = cf_record_shapes (); *shape != NULL; shape++)
    {
      g_autofree char *sql = g_strdup_printf ("DELETE FROM %s", (*shape)->table);

      if (!cfa_db_script (db, sql, error))
        return FALSE;
    }
  return cfa_place_store_clear (db, error)
         && cfa_db_script (db, "DELETE FROM history; UPDATE meta SET value = 0 WHERE key = 'applied'; UPDATE meta SET value = 1 WHERE key = 'first';"
                               "INSERT INTO message_words (message_words) VALUES ('rebuild');"
                               "INSERT INTO visitor_words (visitor_words) VALUES ('rebuild')", error);
}

/**
 * cfa_record_store_read:
 * @statement: a row that begins with cf_sql_columns() of @shape
 *
 * Returns: (transfer full): the record.
 */
CfRecord *
cfa_record_store_read (const CfShape *shape, sqlite3_stmt *statement)
{
  CfRecord *record = cf_struct_new (shape);
  int column = 0;

  for (guint i = 0; i < shape->n_fields; i++)
    {
      CfSqlValue value = CF_SQL_INIT;

      if (!cf_field_is_stored (&shape->fields[i]))
        continue;
      if (sqlite3_column_type (statement, column) == SQLITE_INTEGER)
        {
          value.type = CF_SQL_INTEGER;
          value.integer = sqlite3_column_int64 (statement, column);
        }
      else if (sqlite3_column_type (statement, column) == SQLITE_TEXT)
        {
          value.type = CF_SQL_TEXT;
          value.text = (const char *) sqlite3_column_text (statement, column);
        }
      cf_sql_value_set (&shape->fields[i], record, &value);
      column++;
    }
  return record;
}

static GPtrArray *
read_all (CfaDb *db, const CfShape *shape, sqlite3_stmt *statement, GError **error)
{
  g_autoptr (GPtrArray) records = cf_structs_new ();
  g_autoptr (GError) problem = NULL;

  if (statement == NULL)
    return NULL;
  while (cfa_db_step (db, statement, &problem))
    g_ptr_array_add (records, cfa_record_store_read (shape, statement));
  if (problem == NULL)
    return g_steal_pointer (&records);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/**
 * cfa_record_store_get:
 * Returns: (transfer full) (nullable): the record; NULL without @error when there is none, or a tombstone.
 */
CfRecord *
cfa_record_store_get (CfaDb *db, const CfShape *shape, const char *id, GError **error)
{
  g_autofree char *columns = cf_sql_columns (shape, NULL);
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s WHERE id = ?1 AND deleted = 0", columns, shape->table);
  sqlite3_stmt *statement = cfa_db_prepare (db, error, sql, "t", id);
  CfRecord *record;

  if (statement == NULL || !cfa_db_step (db, statement, error))
    return NULL;
  record = cfa_record_store_read (shape, statement);
  sqlite3_reset (statement);
  return record;
}

/**
 * cfa_record_store_all:
 * Returns: (transfer full): every record of @shape that is not a tombstone.
 */
GPtrArray *
cfa_record_store_all (CfaDb *db, const CfShape *shape, GError **error)
{
  g_autofree char *columns = cf_sql_columns (shape, NULL);
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s WHERE id > '' AND deleted = 0 ORDER BY id", columns, shape->table);

  return read_all (db, shape, cfa_db_prepare (db, error, sql, ""), error);
}

/**
 * cfa_record_store_find:
 * @where: a condition on ?1 = @id, with a limit of ?2
 *
 * Returns: (transfer full): the records that fit.
 */
GPtrArray *
cfa_record_store_find (CfaDb *db, const CfShape *shape, const char *where, const char *id, guint limit, GError **error)
{
  g_autofree char *columns = cf_sql_columns (shape, NULL);
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s WHERE %s", columns, shape->table, where);

  return read_all (db, shape, cfa_db_prepare (db, error, sql, "ti", id, (gint64) limit), error);
}

/**
 * cfa_record_store_visitor:
 * Returns: (transfer full): who is shown for the visitor, then those who were merged into them; empty when they are not known.
 */
GPtrArray *
cfa_record_store_visitor (CfaDb *db, const char *id, GError **error)
{
  g_autoptr (GPtrArray) found = cfa_record_store_find (db, &cf_visitor_shape,
    "id = (SELECT coalesce (asked.merged_into, asked.id) FROM visitor asked WHERE asked.id = ?1) AND deleted = 0 LIMIT ?2", id, 1, error);
  g_autoptr (GPtrArray) merged = NULL;

  if (found == NULL || found->len == 0)
    return g_steal_pointer (&found);
  merged = cfa_record_store_find (db, &cf_visitor_shape, "merged_into = ?1 AND deleted = 0 LIMIT ?2", CF_RECORD (found->pdata[0])->id,
                                  MERGED_MAX, error);
  if (merged == NULL)
    return NULL;
  g_ptr_array_extend_and_steal (found, g_steal_pointer (&merged));
  return g_steal_pointer (&found);
}

/**
 * cfa_record_store_messages:
 * @shape: of messages, or of team messages
 * @before_position: and @before_id: the message above which to read; G_MAXINT64 and "" begin with the newest
 *
 * Returns: (transfer full): at most @limit messages, newest first.
 */
GPtrArray *
cfa_record_store_messages (CfaDb *db, const CfShape *shape, const char *conversation_id, gint64 before_position, const char *before_id,
                           guint limit, GError **error)
{
  g_autofree char *columns = cf_sql_columns (shape, NULL);
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s WHERE conversation_id = ?1 AND (position, id) < (?2, ?3)"
                                          " AND deleted = 0 ORDER BY position DESC, id DESC LIMIT ?4", columns, shape->table);

  return read_all (db, shape,
                   cfa_db_prepare (db, error, sql, "titi", conversation_id, before_position, before_id, (gint64) limit), error);
}
