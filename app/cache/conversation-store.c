/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation-store.h"

#include "record-store.h"

#include "protocol/sql.h"

#define JOINED                                                                                                          \
  "SELECT %s, v.id, v.name, v.email, s.name, d.text, n.text, p.unread,"                                                 \
  " (SELECT max(r.position) FROM read_mark r WHERE r.conversation_id = c.id AND r.reader_kind = 'visitor'"              \
  "   AND r.deleted = 0)"                                                                                               \
  " FROM conversation c JOIN place p ON p.id = c.id LEFT JOIN visitor w ON w.id = c.visitor_id AND w.deleted = 0"       \
  " LEFT JOIN visitor v ON v.id = coalesce (w.merged_into, w.id) AND v.deleted = 0"                                     \
  " LEFT JOIN site s ON s.id = c.site_id AND s.deleted = 0 LEFT JOIN draft d ON d.conversation_id = c.id AND d.note = 0" \
  " LEFT JOIN draft n ON n.conversation_id = c.id AND n.note = 1"                                                       \
  " WHERE c.id = ?1 AND c.deleted = 0"

static guint
record_columns (void)
{
  guint n = 0;

  for (guint i = 0; i < cf_conversation_shape.n_fields; i++)
    n += cf_field_is_stored (&cf_conversation_shape.fields[i]) ? 1 : 0;
  return n;
}

static CfaConversationRow *
read_row (sqlite3_stmt *statement)
{
  CfaConversationRow *row = g_new0 (CfaConversationRow, 1);
  guint n = record_columns ();

  row->record = (CfConversation *) cfa_record_store_read (&cf_conversation_shape, statement);
  row->visitor_known = sqlite3_column_type (statement, n) != SQLITE_NULL;
  row->visitor_name = cfa_db_dup (statement, n + 1);
  row->visitor_email = cfa_db_dup (statement, n + 2);
  row->site_name = cfa_db_dup (statement, n + 3);
  row->draft = cfa_db_dup (statement, n + 4);
  row->note_draft = cfa_db_dup (statement, n + 5);
  row->unread = (guint) sqlite3_column_int64 (statement, n + 6);
  row->seen_position = sqlite3_column_int64 (statement, n + 7);
  return row;
}

/**
 * cfa_conversation_store_get:
 * Returns: (transfer full) (nullable): the conversation; NULL without @error when there is none, or none any more.
 */
CfaConversationRow *
cfa_conversation_store_get (CfaDb *db, const char *id, GError **error)
{
  g_autofree char *columns = cf_sql_columns (&cf_conversation_shape, "c");
  g_autofree char *sql = g_strdup_printf (JOINED, columns);
  sqlite3_stmt *statement = cfa_db_prepare (db, error, sql, "t", id);
  CfaConversationRow *row;

  if (statement == NULL || !cfa_db_step (db, statement, error))
    return NULL;
  row = read_row (statement);
  sqlite3_reset (statement);
  return row;
}

/**
 * cfa_conversation_store_add:
 * @rows: receives the CfaConversationRow of each of @ids that is there
 */
gboolean
cfa_conversation_store_add (CfaDb *db, GPtrArray *ids, GPtrArray *rows, GError **error)
{
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GError) problem = NULL;
      CfaConversationRow *row = cfa_conversation_store_get (db, ids->pdata[i], &problem);

      if (problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      if (row != NULL)
        g_ptr_array_add (rows, row);
    }
  return TRUE;
}

/* A row for each id that @statement, which is bound, finds. */
static GPtrArray *
rows_of (CfaDb *db, sqlite3_stmt *statement, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) cfa_conversation_row_free);
  g_autoptr (GError) problem = NULL;

  if (statement == NULL)
    return NULL;
  while (cfa_db_step (db, statement, &problem))
    g_ptr_array_add (ids, cfa_db_dup (statement, 0));
  if (problem == NULL)
    return cfa_conversation_store_add (db, ids, rows, error) ? g_steal_pointer (&rows) : NULL;
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/**
 * cfa_conversation_store_waiting:
 * Returns: (transfer full): CfaConversationRow of open conversations, @agent_id's or nobody's, that have been waiting since a time in (@after, @until].
 */
GPtrArray *
cfa_conversation_store_waiting (CfaDb *db, const char *agent_id, gint64 after, gint64 until, guint limit, GError **error)
{
  return rows_of (db, cfa_db_prepare (db, error,
    "SELECT id FROM conversation WHERE waiting_since > 0 AND status = 'open' AND waiting_since > ?2 AND waiting_since <= ?3"
    " AND deleted = 0 AND (assignee_id IS NULL OR assignee_id = ?1) ORDER BY waiting_since LIMIT ?4", "tiii", agent_id, after, until, (gint64) limit), error);
}

/**
 * cfa_conversation_store_of_visitor:
 * Returns: (transfer full): CfaConversationRow of that visitor's open conversations that are assigned to @agent_id.
 */
GPtrArray *
cfa_conversation_store_of_visitor (CfaDb *db, const char *agent_id, const char *visitor_id, guint limit, GError **error)
{
  return rows_of (db, cfa_db_prepare (db, error,
    "SELECT id FROM conversation WHERE visitor_id = ?2 AND status = 'open' AND deleted = 0 AND assignee_id = ?1 LIMIT ?3",
    "tti", agent_id, visitor_id, (gint64) limit), error);
}

/**
 * cfa_conversation_store_past:
 * @visitor_id: one who is shown: what was said with those who were merged into them is theirs too
 *
 * Returns: (transfer full): at most @limit CfConversation, the newest first.
 */
GPtrArray *
cfa_conversation_store_past (CfaDb *db, const char *visitor_id, guint limit, GError **error)
{
  return cfa_record_store_find (db, &cf_conversation_shape, "visitor_id IN (SELECT id FROM visitor WHERE id = ?1 OR merged_into = ?1)"
                                " AND deleted = 0 ORDER BY last_message_at DESC LIMIT ?2", visitor_id, limit, error);
}
