/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search-store.h"

#include "protocol/records/message.h"
#include "protocol/records/team-message.h"
#include "protocol/records/visitor.h"

/* The index walks backwards from $2 to $3; the reader stops it when the page is full. */
static CfdRows *
query (CfdTx *tx, const CfShape *shape, const char *match, gint64 from, gint64 before, GError **error)
{
  g_autofree char *columns = cf_sql_columns (shape, "found");
  g_autofree char *sql =
    g_strdup_printf ("SELECT found.seq, %s FROM %s_search CROSS JOIN %s found ON found.seq = %s_search.rowid"
                     " WHERE %s_search MATCH $1 AND %s_search.rowid < $2 AND %s_search.rowid >= $3 AND found.deleted = 0 ORDER BY %s_search.rowid DESC",
                     columns, shape->table, shape->table, shape->table, shape->table, shape->table, shape->table, shape->table);

  if (!cfd_tx_can_search (tx, error))
    return NULL;
  return cfd_tx_query (tx, error, sql, "tii", match, before > 0 ? before : G_MAXINT64, from);
}

/**
 * cfd_search_store_messages:
 * @match: cf_search_query_to_match()
 * @from: number of the oldest row that is wanted
 * @before: number of the row that was read last; 0 = from the newest
 *
 * Returns: (transfer full): rows of a number and the columns of a message, newest first, without an end of their own.
 */
CfdRows *
cfd_search_store_messages (CfdTx *tx, const char *match, gint64 from, gint64 before, GError **error)
{
  return query (tx, &cf_message_shape, match, from, before, error);
}

/**
 * cfd_search_store_visitors:
 * As cfd_search_store_messages(), of visitors.
 */
CfdRows *
cfd_search_store_visitors (CfdTx *tx, const char *match, gint64 before, GError **error)
{
  return query (tx, &cf_visitor_shape, match, 0, before, error);
}

/**
 * cfd_search_store_team:
 * As cfd_search_store_messages(), of what was said in the channels in which an agent has a seat, since they have it.
 */
CfdRows *
cfd_search_store_team (CfdTx *tx, const char *match, const char *agent_id, gint64 before, GError **error)
{
  g_autofree char *columns = cf_sql_columns (&cf_team_message_shape, "found");
  g_autofree char *sql =
    g_strdup_printf ("SELECT found.seq, %s FROM team_message_search CROSS JOIN team_message found ON found.seq = team_message_search.rowid"
                     " CROSS JOIN channel_member seat ON seat.channel_id = found.conversation_id AND seat.agent_id = $1 AND seat.deleted = 0"
                     " WHERE team_message_search MATCH $2 AND team_message_search.rowid < $3 AND found.deleted = 0 AND seat.joined <= found.position"
                     " ORDER BY team_message_search.rowid DESC",
                     columns);

  if (!cfd_tx_can_search (tx, error))
    return NULL;
  return cfd_tx_query (tx, error, sql, "tti", agent_id, match, before > 0 ? before : G_MAXINT64);
}

static gboolean
ask (CfdTx *tx, const char *sql, gint64 number, gint64 *first, gint64 *second, GError **error)
{
  g_autoptr (CfdRows) rows = cfd_tx_query (tx, error, sql, "i", number);
  g_autoptr (GError) problem = NULL;

  *first = *second = -1;
  if (rows == NULL)
    return FALSE;
  if (cfd_rows_next (rows, &problem))
    {
      *first = cfd_rows_integer (rows, 0);
      *second = cfd_rows_integer (rows, 1);
    }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/**
 * cfd_search_store_row_at:
 * @time: ms UTC
 * @row: (out): number of the first message that was written then or later; above all when there is none
 *
 * Halves the numbers, which grow with time, until it is found: some twenty looks at the table however many messages there are.
 */
gboolean
cfd_search_store_row_at (CfdTx *tx, gint64 time, gint64 *row, GError **error)
{
  gint64 low = 1, high, unused;

  if (!ask (tx, "SELECT coalesce (max (seq), 0) + 1, 0 FROM message WHERE seq > $1", 0, &high, &unused, error))
    return FALSE;
  while (low < high)
    {
      gint64 middle = low + (high - low) / 2, seq, at;

      if (!ask (tx, "SELECT seq, created_at FROM message WHERE seq >= $1 ORDER BY seq LIMIT 1", middle, &seq, &at, error))
        return FALSE;
      if (seq >= 0 && at < time)
        low = seq + 1;
      else
        high = middle;
    }
  *row = low;
  return TRUE;
}
