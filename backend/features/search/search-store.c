/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search-store.h"

#include "protocol/records/message.h"
#include "protocol/records/visitor.h"

/* The index walks backwards from $2; the reader stops it when the page is full. */
static CfdRows *
query (CfdTx *tx, const CfShape *shape, const char *match, gint64 before, GError **error)
{
  g_autofree char *columns = cf_sql_columns (shape, "found");
  g_autofree char *sql =
    g_strdup_printf ("SELECT found.seq, %s FROM %s_search CROSS JOIN %s found ON found.seq = %s_search.rowid"
                     " WHERE %s_search MATCH $1 AND %s_search.rowid < $2 AND found.deleted = 0 ORDER BY %s_search.rowid DESC",
                     columns, shape->table, shape->table, shape->table, shape->table, shape->table, shape->table);

  if (!cfd_tx_can_search (tx, error))
    return NULL;
  return cfd_tx_query (tx, error, sql, "ti", match, before > 0 ? before : G_MAXINT64);
}

/**
 * cfd_search_store_messages:
 * @match: cfd_search_query_to_match()
 * @before: number of the row that was read last; 0 = from the newest
 *
 * Returns: (transfer full): rows of a number and the columns of a message, newest first, without an end of their own.
 */
CfdRows *
cfd_search_store_messages (CfdTx *tx, const char *match, gint64 before, GError **error)
{
  return query (tx, &cf_message_shape, match, before, error);
}

/**
 * cfd_search_store_visitors:
 * As cfd_search_store_messages(), of visitors.
 */
CfdRows *
cfd_search_store_visitors (CfdTx *tx, const char *match, gint64 before, GError **error)
{
  return query (tx, &cf_visitor_shape, match, before, error);
}
