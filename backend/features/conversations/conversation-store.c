/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation-store.h"

#include "protocol/error.h"
#include "protocol/records/message.h"

/**
 * cfd_conversation_store_open_of_visitor:
 * @out: (out) (nullable): the open conversation of the visitor; there is at most one
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_conversation_store_open_of_visitor (CfdTx *tx, const char *visitor_id, CfConversation **out, GError **error)
{
  GError *problem = NULL;

  *out = cfd_tx_record (tx, &problem, &cf_conversation_shape,
                        "WHERE visitor_id = $1 AND status = 'open' AND deleted = 0 ORDER BY rev DESC LIMIT 1", "t", visitor_id);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

/* One walk along the index of @status. */
static GPtrArray *
list_status (CfdTx *tx, const char *organisation_id, const char *sites, const CfConversationListParams *filter, const char *status, gint64 before,
             gint64 limit, GError **error)
{
  if (filter->assignee_id != NULL)
    return cfd_tx_records (tx, error, &cf_conversation_shape,
                           "WHERE organisation_id = $1 AND assignee_id = $2 AND status = $3 AND last_position < $4 AND deleted = 0"
                           " AND ($6 IS NULL OR instr ($6, site_id) > 0) ORDER BY last_position DESC LIMIT $5",
                           "tttiit", organisation_id, filter->assignee_id, status, before, limit, sites);
  return cfd_tx_records (tx, error, &cf_conversation_shape,
                         "WHERE organisation_id = $1 AND status = $2 AND last_position < $3 AND deleted = 0"
                         " AND ($5 IS NULL OR instr ($5, site_id) > 0) ORDER BY last_position DESC LIMIT $4",
                         "ttiit", organisation_id, status, before, limit, sites);
}

static int
newest_first (gconstpointer a, gconstpointer b)
{
  const CfConversation *left = *(const CfConversation *const *) a, *right = *(const CfConversation *const *) b;

  return (left->last_position < right->last_position) - (left->last_position > right->last_position);
}

/* Open ones and closed ones: two pages, of which the newer half is the page. */
static GPtrArray *
list_any_status (CfdTx *tx, const char *organisation_id, const char *sites, const CfConversationListParams *filter, gint64 before, gint64 limit,
                 GError **error)
{
  g_autoptr (GPtrArray) all = list_status (tx, organisation_id, sites, filter, "open", before, limit, error);
  g_autoptr (GPtrArray) closed = all != NULL ? list_status (tx, organisation_id, sites, filter, "closed", before, limit, error) : NULL;

  if (closed == NULL)
    return NULL;
  for (guint i = 0; i < closed->len; i++)
    g_ptr_array_add (all, cf_struct_ref (closed->pdata[i]));
  g_ptr_array_sort (all, newest_first);
  g_ptr_array_set_size (all, MIN (all->len, limit));
  return g_steal_pointer (&all);
}

/**
 * cfd_conversation_store_list:
 * @sites: (nullable): ids of the only sites that count, one after the other; NULL = all
 *
 * Every page is a walk along an index; only the few of one visitor are read whole and sorted.
 *
 * Returns: (transfer full): at most @limit conversations, newest last message first.
 */
GPtrArray *
cfd_conversation_store_list (CfdTx *tx, const char *organisation_id, const char *sites, const CfConversationListParams *filter, gint64 limit,
                             GError **error)
{
  gint64 before = filter->before > 0 ? filter->before : G_MAXINT64;
  const char *status = filter->status == CF_CONVERSATION_FILTER_OPEN ? "open"
                       : filter->status == CF_CONVERSATION_FILTER_CLOSED ? "closed" : NULL;

  if (filter->visitor_id != NULL)
    return cfd_tx_records (tx, error, &cf_conversation_shape,
                           "WHERE visitor_id IN (SELECT $1 UNION ALL SELECT merged.id FROM visitor merged WHERE merged.merged_into = $1)"
                           " AND +organisation_id = $2 AND last_position < $3 AND deleted = 0" /* "+": not by the organisation's index */
                           " AND ($4 IS NULL OR status = $4) AND ($5 IS NULL OR assignee_id = $5)"
                           " AND ($7 IS NULL OR instr ($7, site_id) > 0) ORDER BY last_position DESC LIMIT $6",
                           "ttittit", filter->visitor_id, organisation_id, before, status, filter->assignee_id, limit, sites);
  if (status != NULL)
    return list_status (tx, organisation_id, sites, filter, status, before, limit, error);
  return list_any_status (tx, organisation_id, sites, filter, before, limit, error);
}

/**
 * cfd_conversation_store_assigned:
 * Returns: (transfer full): what is open and that agent's
 */
GPtrArray *
cfd_conversation_store_assigned (CfdTx *tx, const char *organisation_id, const char *agent_id, GError **error)
{
  return cfd_tx_records (tx, error, &cf_conversation_shape, "WHERE organisation_id = $1 AND assignee_id = $2 AND status = 'open' AND deleted = 0", "tt",
                         organisation_id, agent_id);
}

/**
 * cfd_conversation_store_messages:
 * @before: position; 0 = from the newest
 *
 * Returns: (transfer full): at most @limit messages, newest first; for a visitor without what is staff only.
 */
GPtrArray *
cfd_conversation_store_messages (CfdTx *tx, const char *conversation_id, gboolean staff, gint64 before, gint64 limit, GError **error)
{
  return cfd_tx_records (tx, error, &cf_message_shape,
                         "WHERE conversation_id = $1 AND position < $2 AND staff_only <= $3 AND deleted = 0"
                         " ORDER BY position DESC, id DESC LIMIT $4",
                         "tiii", conversation_id, before > 0 ? before : G_MAXINT64, (gint64) (staff ? 1 : 0), limit);
}

/**
 * cfd_conversation_store_said:
 * @but: id of a message that does not count
 *
 * Returns: (transfer full): at most @limit of the visitor's texts that are still there, newest first.
 */
GPtrArray *
cfd_conversation_store_said (CfdTx *tx, const char *conversation_id, const char *but, gint64 limit, GError **error)
{
  return cfd_tx_records (tx, error, &cf_message_shape,
                         "WHERE conversation_id = $1 AND kind = 'text' AND author_kind = 'visitor' AND id <> $2 AND removed_at = 0"
                         " AND text <> '' AND deleted = 0 ORDER BY position DESC LIMIT $3",
                         "tti", conversation_id, but, limit);
}

/**
 * cfd_conversation_store_text_position:
 * Returns: the position of the last text message at or before @at_most; 0 when there is none, -1 with an error.
 */
gint64
cfd_conversation_store_text_position (CfdTx *tx, const char *conversation_id, gint64 at_most, GError **error)
{
  return cfd_rows_only (cfd_tx_query (tx, error,
                                      "SELECT position FROM message WHERE conversation_id = $1 AND position <= $2 AND kind = 'text' AND deleted = 0"
                                      " ORDER BY position DESC LIMIT 1",
                                      "ti", conversation_id, at_most), error);
}

/**
 * cfd_conversation_store_read_mark:
 * @out: (out) (nullable): the mark of that reader
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_conversation_store_read_mark (CfdTx *tx, const char *conversation_id, const char *reader_id, CfReadMark **out, GError **error)
{
  GError *problem = NULL;

  *out = cfd_tx_record (tx, &problem, &cf_read_mark_shape, "WHERE conversation_id = $1 AND reader_id = $2 AND deleted = 0",
                        "tt", conversation_id, reader_id);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

GPtrArray *
cfd_conversation_store_read_marks (CfdTx *tx, const char *conversation_id, GError **error)
{
  return cfd_tx_records (tx, error, &cf_read_mark_shape, "WHERE conversation_id = $1 AND deleted = 0", "t", conversation_id);
}

/* The text of the first row's first column, of a query that has one row at most. */
static gboolean
read_text (CfdRows *rows, char **out, GError **error)
{
  GError *problem = NULL;

  *out = NULL;
  if (rows == NULL)
    return FALSE;
  if (cfd_rows_next (rows, &problem))
    *out = g_strdup (cfd_rows_text (rows, 0));
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

/**
 * cfd_conversation_store_colleague_after:
 * @name: (out) (nullable): who of the other agents has written a text behind @position; NULL when nobody has
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_conversation_store_colleague_after (CfdTx *tx, const char *conversation_id, const char *agent_id, gint64 position, char **name,
                                        GError **error)
{
  g_autoptr (CfdRows) rows =
    cfd_tx_query (tx, error,
                  "SELECT author_name FROM message WHERE conversation_id = $1 AND position > $2 AND kind = 'text' AND author_kind = 'agent'"
                  " AND author_id <> $3 AND removed_at = 0 AND deleted = 0 ORDER BY position DESC LIMIT 1",
                  "tit", conversation_id, position, agent_id);

  return read_text (rows, name, error);
}

/**
 * cfd_conversation_store_visitor_after:
 * @wrote: (out): whether the visitor has written a text behind @position
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_conversation_store_visitor_after (CfdTx *tx, const char *conversation_id, gint64 position, gboolean *wrote, GError **error)
{
  g_autofree char *kind = NULL;
  g_autoptr (CfdRows) rows =
    cfd_tx_query (tx, error,
                  "SELECT kind FROM message WHERE conversation_id = $1 AND position > $2 AND kind = 'text' AND author_kind = 'visitor'"
                  " AND deleted = 0 LIMIT 1",
                  "ti", conversation_id, position);

  if (!read_text (rows, &kind, error))
    return FALSE;
  *wrote = kind != NULL;
  return TRUE;
}

/**
 * cfd_conversation_store_closed_after:
 * @by: (out) (nullable): the id of who has closed it last behind @position, "" when nobody did so by hand; NULL when it was not closed
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_conversation_store_closed_after (CfdTx *tx, const char *conversation_id, gint64 position, char **by, GError **error)
{
  g_autoptr (CfdRows) rows =
    cfd_tx_query (tx, error,
                  "SELECT coalesce (author_id, '') FROM message WHERE conversation_id = $1 AND position > $2 AND event = 'closed'"
                  " AND deleted = 0 ORDER BY position DESC LIMIT 1",
                  "ti", conversation_id, position);

  return read_text (rows, by, error);
}

/**
 * cfd_conversation_store_was_served:
 * @served: (out): whether an agent has ever answered in it, or closed it
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_conversation_store_was_served (CfdTx *tx, const char *conversation_id, gboolean *served, GError **error)
{
  g_autofree char *kind = NULL;
  g_autoptr (CfdRows) rows =
    cfd_tx_query (tx, error,
                  "SELECT kind FROM message WHERE conversation_id = $1"
                  " AND (kind = 'text' AND author_kind = 'agent' OR event = 'closed') LIMIT 1",
                  "t", conversation_id);

  if (!read_text (rows, &kind, error))
    return FALSE;
  *served = kind != NULL;
  return TRUE;
}

/**
 * cfd_conversation_store_have_met:
 * @met: (out): whether the agent has a conversation of the visitor's, or did something in one that the visitor may know of
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_conversation_store_have_met (CfdTx *tx, const char *visitor_id, const char *agent_id, gboolean *met, GError **error)
{
  g_autofree char *id = NULL;
  g_autoptr (CfdRows) rows =
    cfd_tx_query (tx, error,
                  "SELECT id FROM conversation WHERE visitor_id = $1 AND deleted = 0 AND (assignee_id = $2 OR EXISTS"
                  " (SELECT 1 FROM message WHERE conversation_id = conversation.id AND author_id = $2 AND staff_only = 0 AND deleted = 0)) LIMIT 1",
                  "tt", visitor_id, agent_id);

  if (!read_text (rows, &id, error))
    return FALSE;
  *met = id != NULL;
  return TRUE;
}

/**
 * cfd_conversation_store_due:
 * Returns: (transfer full): ids (of char *) of conversations that were to wake up by @now, the longest overdue first, at most @limit.
 */
GPtrArray *
cfd_conversation_store_due (CfdTx *tx, gint64 now, gint64 limit, GError **error)
{
  return cfd_rows_texts (cfd_tx_query (tx, error, "SELECT id FROM conversation WHERE snoozed_until > 0 AND snoozed_until <= $1"
                                                  " ORDER BY snoozed_until LIMIT $2", "ii", now, limit), error);
}

/**
 * cfd_conversation_store_next_due:
 * Returns: when the next conversation wakes up, ms UTC; 0 when none sleeps, -1 with an error.
 */
gint64
cfd_conversation_store_next_due (CfdTx *tx, GError **error)
{
  return cfd_rows_only (cfd_tx_query (tx, error, "SELECT snoozed_until FROM conversation WHERE snoozed_until > 0 ORDER BY snoozed_until LIMIT 1", NULL), error);
}

/**
 * cfd_conversation_store_last_of_visitor:
 * @since: in which something was said after that, ms UTC
 * @out: (out) (nullable)
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_conversation_store_last_of_visitor (CfdTx *tx, const char *visitor_id, gint64 since, CfConversation **out, GError **error)
{
  GError *problem = NULL;

  *out = cfd_tx_record (tx, &problem, &cf_conversation_shape, "WHERE visitor_id = $1 AND deleted = 0 AND last_message_at > $2 ORDER BY last_message_at DESC LIMIT 1",
                        "ti", visitor_id, since);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}
