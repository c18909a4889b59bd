/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "routing-store.h"

/* Returns: (transfer full): ids (of char *) of all organisations of the server; they are few */
GPtrArray *
cfd_routing_store_organisations (CfdTx *tx, GError **error)
{
  return cfd_rows_texts (cfd_tx_query (tx, error, "SELECT id FROM organisation WHERE deleted = 0", NULL), error);
}

/* Those that give by themselves. */
GPtrArray *
cfd_routing_store_departments (CfdTx *tx, const char *organisation_id, GError **error)
{
  return cfd_tx_records (tx, error, &cf_department_shape,
                         "WHERE organisation_id = $1 AND assignment <> 'off' AND deleted = 0 ORDER BY rev", "t", organisation_id);
}

/**
 * cfd_routing_store_queue:
 * @without: ids of sites, one after the other, of which nothing is wanted
 *
 * Returns: (transfer full): what is open in a department and nobody's, in the order in which it came.
 */
GPtrArray *
cfd_routing_store_queue (CfdTx *tx, const char *department_id, const char *without, gint64 limit, GError **error)
{
  return cfd_tx_records (tx, error, &cf_conversation_shape,
                         "WHERE department_id = $1 AND status = 'open' AND assignee_id IS NULL AND snoozed_until = 0 AND deleted = 0"
                         " AND instr ($2, site_id) = 0 ORDER BY coalesce (nullif (waiting_since, 0), last_message_at), id LIMIT $3",
                         "tti", department_id, without, limit);
}

/**
 * cfd_routing_store_first:
 * @first: (out) (nullable): of one site, what would come first of cfd_routing_store_queue()
 */
gboolean
cfd_routing_store_first (CfdTx *tx, const char *department_id, const char *site_id, CfConversation **first, GError **error)
{
  GError *problem = NULL;

  *first = cfd_tx_record (tx, &problem, &cf_conversation_shape,
                          "WHERE department_id = $1 AND status = 'open' AND assignee_id IS NULL AND snoozed_until = 0 AND deleted = 0 AND site_id = $2"
                          " ORDER BY coalesce (nullif (waiting_since, 0), last_message_at), id LIMIT 1",
                          "tt", department_id, site_id);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

/**
 * cfd_routing_store_waiting:
 * Returns: (transfer full): open conversations of an agent, in a department, whose visitors wait.
 */
GPtrArray *
cfd_routing_store_waiting (CfdTx *tx, const char *organisation_id, const char *agent_id, gint64 limit, GError **error)
{
  return cfd_tx_records (tx, error, &cf_conversation_shape,
                         "WHERE organisation_id = $1 AND assignee_id = $2 AND status = 'open' AND waiting_since > 0"
                         " AND department_id IS NOT NULL AND deleted = 0 ORDER BY last_position LIMIT $3",
                         "tti", organisation_id, agent_id, limit);
}

gboolean
cfd_routing_store_load (CfdTx *tx, const char *organisation_id, const char *agent_id, CfdLoad *load, GError **error)
{
  g_autoptr (CfdRows) rows =
    cfd_tx_query (tx, error,
                  "SELECT count(*), coalesce (sum (waits), 0) FROM (SELECT waiting_since > 0 AS waits FROM conversation"
                  " WHERE organisation_id = $1 AND assignee_id = $2 AND status = 'open' AND snoozed_until = 0 AND deleted = 0 LIMIT $3)",
                  "tti", organisation_id, agent_id, (gint64) CFD_LOAD_MAX);

  if (rows == NULL || !cfd_rows_next (rows, error))
    return FALSE;
  load->open = cfd_rows_integer (rows, 0);
  load->waiting = cfd_rows_integer (rows, 1);
  return TRUE;
}

/**
 * cfd_routing_store_by_system:
 * @by_system: (out): whether the conversation was last given to its agent by its department, not by a person
 */
gboolean
cfd_routing_store_by_system (CfdTx *tx, const char *conversation_id, gboolean *by_system, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (CfdRows) rows =
    cfd_tx_query (tx, error,
                  "SELECT author_kind = 'system' FROM message WHERE conversation_id = $1 AND kind = 'event' AND event = 'assigned' AND deleted = 0"
                  " ORDER BY position DESC LIMIT 1",
                  "t", conversation_id);

  if (rows == NULL)
    return FALSE;
  *by_system = cfd_rows_next (rows, &problem) && cfd_rows_integer (rows, 0) != 0;
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return problem == NULL;
}

/**
 * cfd_routing_store_turn:
 * @agent_id: (out) (transfer full) (nullable): to whom the department gave last
 */
gboolean
cfd_routing_store_turn (CfdTx *tx, const char *department_id, char **agent_id, GError **error)
{
  GError *problem = NULL;
  g_autoptr (CfdRows) rows = cfd_tx_query (tx, error, "SELECT agent_id FROM department_turn WHERE department_id = $1", "t", department_id);

  *agent_id = NULL;
  if (rows == NULL)
    return FALSE;
  if (cfd_rows_next (rows, &problem))
    *agent_id = g_strdup (cfd_rows_text (rows, 0));
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

gboolean
cfd_routing_store_set_turn (CfdTx *tx, const char *department_id, const char *agent_id, GError **error)
{
  return cfd_tx_execute (tx, error,
                         "INSERT INTO department_turn (department_id, agent_id) VALUES ($1, $2)"
                         " ON CONFLICT (department_id) DO UPDATE SET agent_id = excluded.agent_id",
                         "tt", department_id, agent_id);
}
