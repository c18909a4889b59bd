/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rating-store.h"

#include "protocol/records/conversation.h"

/* Read from the index alone, but for who does not see all sites. */
#define COUNT                                                                                                 \
  "SELECT count(*), coalesce(sum(rating), 0), coalesce(sum(CASE WHEN rating >= $3 THEN 1 ELSE 0 END), 0) FROM conversation" \
  " WHERE rated_agent_id = $1 AND rated_at >= $2 AND deleted = 0"

/**
 * cfd_rating_store_count:
 * @sites: (nullable): ids of the only sites that count, one after the other; NULL = all
 * @since: ms UTC
 * @into: gets the numbers
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_rating_store_count (CfdTx *tx, const char *agent_id, const char *sites, gint64 since, CfRatingSummaryResult *into, GError **error)
{
  GError *problem = NULL;
  g_autoptr (CfdRows) rows =
    sites == NULL ? cfd_tx_query (tx, error, COUNT, "tii", agent_id, since, (gint64) CF_RATING_GOOD)
                  : cfd_tx_query (tx, error, COUNT " AND instr ($4, site_id) > 0", "tiit", agent_id, since, (gint64) CF_RATING_GOOD, sites);

  if (rows == NULL)
    return FALSE;
  if (cfd_rows_next (rows, &problem))
    {
      into->ratings = cfd_rows_integer (rows, 0);
      into->stars = cfd_rows_integer (rows, 1);
      into->good = cfd_rows_integer (rows, 2);
    }
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

/**
 * cfd_rating_store_comments:
 * Returns: (transfer full): at most @limit conversations that were rated with words, the newest rating first.
 */
GPtrArray *
cfd_rating_store_comments (CfdTx *tx, const char *agent_id, const char *sites, gint64 since, gint64 limit, GError **error)
{
  return cfd_tx_records (tx, error, &cf_conversation_shape,
                         "WHERE rated_agent_id = $1 AND rated_at >= $2 AND rating_comment IS NOT NULL AND deleted = 0"
                         " AND ($4 IS NULL OR instr ($4, site_id) > 0) ORDER BY rated_at DESC LIMIT $3",
                         "tiit", agent_id, since, limit, sites);
}
