/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "team-store.h"

#include "protocol/records/channel-member.h"
#include "protocol/records/channel.h"
#include "protocol/records/team-message.h"

/* What is left over from a seat of which this copy had never heard, until the last page of the copy has come. */
#define MARK "INSERT INTO meta VALUES ('unseated', 1) ON CONFLICT (key) DO UPDATE SET value = 1"

/**
 * cfa_team_store_channel:
 * @seat: a record, before it is kept
 *
 * Returns: (transfer full) (nullable): of a seat that goes with it, the channel.
 */
char *
cfa_team_store_channel (CfaDb *db, const CfRecord *seat)
{
  if (seat->parent.shape != &cf_channel_member_shape || !seat->deleted || seat->id == NULL)
    return NULL;
  return cfa_db_text (db, "SELECT channel_id FROM channel_member WHERE id = ?1 AND deleted = 0", "t", seat->id);
}

/**
 * cfa_team_store_leave:
 * @channel_id: (nullable): as cfa_team_store_channel()
 * @seat: the tombstone of a seat, which has been kept
 * @gone: receives a tombstone of the channel
 *
 * Who has no seat in a channel any longer keeps nothing of it; docs/protocol.md, "Team chat".
 */
gboolean
cfa_team_store_leave (CfaDb *db, const char *channel_id, const CfRecord *seat, GPtrArray *gone, GError **error)
{
  g_autoptr (CfRecord) channel = NULL;

  if (channel_id == NULL)
    return cfa_db_script (db, MARK, error);
  channel = cf_struct_new (&cf_channel_shape);
  channel->id = g_strdup (channel_id);
  channel->rev = seat->rev;
  channel->deleted = TRUE;
  g_ptr_array_add (gone, g_steal_pointer (&channel));
  return cfa_db_run (db, error, "DELETE FROM channel WHERE id = ?1", "t", channel_id)
         && cfa_db_run (db, error, "DELETE FROM team_message WHERE conversation_id = ?1", "t", channel_id)
         && cfa_db_run (db, error, "DELETE FROM history WHERE conversation_id = ?1", "t", channel_id);
}

/* The channel that @record is of. Returns: (nullable): NULL when it is of none, or takes something away. */
static const char *
channel_of (const CfRecord *record)
{
  if (record->deleted)
    return NULL;
  if (record->parent.shape == &cf_team_message_shape)
    return ((const CfTeamMessage *) record)->message.conversation_id;
  return record->parent.shape == &cf_channel_shape ? record->id : NULL;
}

/**
 * cfa_team_store_is_late:
 * @record: of the answer to a call, after the seats that are in it
 *
 * Returns: whether it tells of a channel in which there is no seat, or was written before the seat that there is now: an answer can be older than what
 *   the stream has told since
 */
gboolean
cfa_team_store_is_late (CfaDb *db, const CfRecord *record)
{
  const char *channel_id = channel_of (record);
  gint64 position = record->parent.shape == &cf_team_message_shape ? ((const CfTeamMessage *) record)->message.position : G_MAXINT64;

  return channel_id != NULL
         && cfa_db_integer (db, "SELECT count(*) FROM channel_member WHERE channel_id = ?1 AND deleted = 0 AND joined <= ?2", "ti", channel_id, position) == 0;
}

/**
 * cfa_team_store_sweep:
 * With the last page of what was asked for: what is in channels without a seat goes.
 */
gboolean
cfa_team_store_sweep (CfaDb *db, GError **error)
{
  if (cfa_db_integer (db, "SELECT coalesce(max(value), 0) FROM meta WHERE key = 'unseated'", "") == 0)
    return TRUE;
  return cfa_db_script (db,
                        "DELETE FROM channel WHERE id NOT IN (SELECT channel_id FROM channel_member WHERE deleted = 0);"
                        "DELETE FROM team_message WHERE conversation_id NOT IN (SELECT channel_id FROM channel_member WHERE deleted = 0);"
                        "DELETE FROM meta WHERE key = 'unseated'", error);
}

/**
 * cfa_team_store_unread:
 * Returns: (transfer full): channel id -> how many messages of others are above the own mark, the one that waits in the outbox included;
 *   those without any are missing.
 */
GHashTable *
cfa_team_store_unread (CfaDb *db, const char *agent_id, GError **error)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) problem = NULL;
  sqlite3_stmt *statement =
    cfa_db_prepare (db, error,
                    "SELECT said.conversation_id, count(*) FROM channel_member seat INDEXED BY channel_member_channel"
                    " JOIN team_message said ON said.conversation_id = seat.channel_id AND said.position > max(seat.position,"
                    " coalesce((SELECT max(waits.position) FROM outbox waits WHERE waits.conversation_id = seat.channel_id"
                    " AND waits.method = 'channel.read'), 0))"
                    " WHERE seat.channel_id > '' AND seat.deleted = 0 AND said.deleted = 0 AND coalesce(said.removed_at, 0) = 0 AND said.author_id <> ?1"
                    " GROUP BY said.conversation_id",
                    "t", agent_id);

  if (statement == NULL)
    return NULL;
  while (cfa_db_step (db, statement, &problem))
    g_hash_table_insert (counts, cfa_db_dup (statement, 0), GUINT_TO_POINTER ((guint) sqlite3_column_int64 (statement, 1)));
  if (problem == NULL)
    return g_steal_pointer (&counts);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}
