/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forget-store.h"

#include "protocol/records/conversation.h"
#include "protocol/records/file.h"
#include "protocol/records/message.h"
#include "protocol/records/scheduled-message.h"
#include "protocol/records/visitor.h"

/* Pages of an index in one step: some milliseconds, in which nobody else is served. */
#define STEP_PAGES 200

static const char *const indexes[] = { "message_words", "team_message_words", "visitor_words" };

/**
 * cfa_forget_store_is_asked_by:
 * @record: from the server, not kept yet
 *
 * Returns: whether it takes away what somebody has said, or who they are, and that is here.
 */
gboolean
cfa_forget_store_is_asked_by (CfaDb *db, const CfRecord *record)
{
  const CfShape *shape = record->parent.shape;
  gboolean alone = shape == &cf_visitor_shape || shape == &cf_conversation_shape || shape == &cf_message_shape;
  g_autofree char *sql = NULL;

  /* Files that were not sent after all, and what was sent later than it was written, come and go every day. */
  if (!record->deleted || (!alone && shape != &cf_file_shape && shape != &cf_scheduled_message_shape))
    return FALSE;
  sql = g_strdup_printf ("SELECT count(*) FROM %s it WHERE it.id = ?1 AND it.deleted = 0%s", shape->table,
                         alone ? "" : " AND it.conversation_id IN (SELECT gone.id FROM conversation gone WHERE gone.id = it.conversation_id AND gone.deleted = 1)");
  return cfa_db_integer (db, sql, "t", record->id) > 0;
}

gboolean
cfa_forget_store_ask (CfaDb *db, GError **error)
{
  return cfa_db_script (db, "INSERT INTO meta VALUES ('forget', 1) ON CONFLICT (key) DO UPDATE SET value = value + 1", error);
}

/**
 * cfa_forget_store_asked:
 * Returns: a number that changes each time it is asked for; 0: there is nothing to forget.
 */
gint64
cfa_forget_store_asked (CfaDb *db)
{
  return cfa_db_integer (db, "SELECT coalesce(max(value), 0) FROM meta WHERE key = 'forget'", "");
}

/**
 * cfa_forget_store_merge:
 * @begin: whether this is the first of several calls
 * @more: (out): whether it has to be called again
 *
 * Makes a part of the full-text indexes anew, without the words that are marked as gone. SQLite 3.40 can't do it at once with each
 * change, as later ones do ('secure-delete').
 */
gboolean
cfa_forget_store_merge (CfaDb *db, gboolean begin, gboolean *more, GError **error)
{
  *more = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (indexes); i++)
    {
      g_autofree char *sql = g_strdup_printf ("INSERT INTO %s (%s, rank) VALUES ('merge', ?1)", indexes[i], indexes[i]);
      gint64 before = cfa_db_integer (db, "SELECT total_changes()", "");

      if (!cfa_db_run (db, error, sql, "i", (gint64) (begin ? -STEP_PAGES : STEP_PAGES)))
        return FALSE;
      *more |= cfa_db_integer (db, "SELECT total_changes()", "") - before >= 2; /* https://www.sqlite.org/fts5.html#the_merge_command */
    }
  return TRUE;
}

/**
 * cfa_forget_store_rewrite:
 * @asked: the number before the indexes were made anew; what is asked for since remains to be done
 *
 * Writes the whole file anew and empties its log. Not in a transaction.
 */
gboolean
cfa_forget_store_rewrite (CfaDb *db, gint64 asked, GError **error)
{
  if (!cfa_db_script (db, "VACUUM", error))
    return FALSE;
  if (cfa_db_integer (db, "PRAGMA wal_checkpoint(TRUNCATE)", "") != 0)
    {
      g_set_error_literal (error, CFA_CACHE_ERROR, CFA_CACHE_ERROR_BUSY, "the log could not be emptied: somebody reads the file");
      return FALSE;
    }
  return cfa_db_run (db, error, "DELETE FROM meta WHERE key = 'forget' AND value = ?1", "i", asked);
}
