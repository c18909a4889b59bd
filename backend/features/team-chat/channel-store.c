/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "channel-store.h"

#include "protocol/records/channel.h"

/**
 * cfd_channel_store_list:
 * Returns: (transfer full): the channels of an agent.
 */
GPtrArray *
cfd_channel_store_list (CfdTx *tx, const char *agent_id, GError **error)
{
  return cfd_tx_records (tx, error, &cf_channel_shape,
                         "WHERE id IN (SELECT m.channel_id FROM channel_member m WHERE m.agent_id = $1 AND m.deleted = 0)", "t", agent_id);
}

/**
 * cfd_channel_store_seats:
 * Returns: (transfer full): the seats of an agent.
 */
GPtrArray *
cfd_channel_store_seats (CfdTx *tx, const char *agent_id, GError **error)
{
  return cfd_tx_records (tx, error, &cf_channel_member_shape, "WHERE agent_id = $1 AND deleted = 0", "t", agent_id);
}

static gboolean
find_seat (CfdTx *tx, const char *tail, const char *channel_id, const char *agent_id, CfChannelMember **out, GError **error)
{
  GError *problem = NULL;

  *out = cfd_tx_record (tx, &problem, &cf_channel_member_shape, tail, "tt", channel_id, agent_id);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

/**
 * cfd_channel_store_member:
 * @out: (out) (nullable): the seat of that agent, as long as they have it
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_channel_store_member (CfdTx *tx, const char *channel_id, const char *agent_id, CfChannelMember **out, GError **error)
{
  return find_seat (tx, "WHERE channel_id = $1 AND agent_id = $2 AND deleted = 0", channel_id, agent_id, out, error);
}

/**
 * cfd_channel_store_left:
 * @out: (out) (nullable): the tombstone of the seat that the agent had last
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_channel_store_left (CfdTx *tx, const char *channel_id, const char *agent_id, CfChannelMember **out, GError **error)
{
  return find_seat (tx, "WHERE channel_id = $1 AND agent_id = $2 AND deleted = 1 ORDER BY rev DESC LIMIT 1", channel_id, agent_id, out, error);
}

/**
 * cfd_channel_store_readers:
 * Returns: (transfer full): ids of the members who may read what stands at @position; NULL with an error.
 */
char **
cfd_channel_store_readers (CfdTx *tx, const char *channel_id, gint64 position, GError **error)
{
  g_autoptr (GPtrArray) ids =
    cfd_rows_texts (cfd_tx_query (tx, error, "SELECT agent_id FROM channel_member WHERE channel_id = $1 AND deleted = 0 AND joined <= $2", "ti",
                                  channel_id, position), error);

  if (ids == NULL)
    return NULL;
  g_ptr_array_add (ids, NULL);
  return (char **) g_ptr_array_steal (ids, NULL);
}

/**
 * cfd_channel_store_messages:
 * @joined: the position from which on the caller reads
 * @before: position; 0 = from the newest
 *
 * Returns: (transfer full): at most @limit messages, newest first.
 */
GPtrArray *
cfd_channel_store_messages (CfdTx *tx, const char *channel_id, gint64 joined, gint64 before, gint64 limit, GError **error)
{
  return cfd_tx_records (tx, error, &cf_team_message_shape,
                         "WHERE conversation_id = $1 AND position >= $2 AND position < $3 AND deleted = 0 ORDER BY position DESC LIMIT $4",
                         "tiii", channel_id, joined, before > 0 ? before : G_MAXINT64, limit);
}

/**
 * cfd_channel_store_position:
 * Returns: the position of the last message at or before @at_most; 0 when there is none, -1 with an error.
 */
gint64
cfd_channel_store_position (CfdTx *tx, const char *channel_id, gint64 at_most, GError **error)
{
  return cfd_rows_only (cfd_tx_query (tx, error, "SELECT position FROM team_message WHERE conversation_id = $1 AND position <= $2 ORDER BY position DESC LIMIT 1",
                                      "ti", channel_id, at_most), error);
}

/**
 * cfd_channel_store_groups:
 * Returns: in how many channels an agent sits; -1 with an error.
 */
gint64
cfd_channel_store_groups (CfdTx *tx, const char *agent_id, GError **error)
{
  return cfd_rows_only (cfd_tx_query (tx, error, "SELECT count(*) FROM channel_member WHERE agent_id = $1 AND deleted = 0", "t", agent_id), error);
}

/**
 * cfd_channel_store_erase:
 * What nobody can read any longer is not kept.
 */
gboolean
cfd_channel_store_erase (CfdTx *tx, const char *channel_id, GError **error)
{
  return cfd_tx_execute (tx, error, "DELETE FROM team_message WHERE conversation_id = $1", "t", channel_id);
}
