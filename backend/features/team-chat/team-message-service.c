/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "team-message-service.h"

#include "backend/db/lookup.h"
#include "backend/features/accounts/account-service.h"
#include "backend/features/conversations/message-service.h"
#include "backend/features/files/file-service.h"
#include "channel-service.h"
#include "channel-store.h"
#include "channel.h"
#include "protocol/error.h"

static gboolean
put (CfdTx *tx, GPtrArray *touched, gpointer record, GError **error)
{
  if (!cfd_tx_put (tx, record, error))
    return FALSE;
  g_ptr_array_add (touched, cf_struct_ref (record));
  return TRUE;
}

/* The caller's seat in a channel that they are in. */
static CfChannelMember *
require_seat (CfdTx *tx, const CfdCaller *by, const CfChannel *channel, GError **error)
{
  CfChannelMember *seat = NULL;

  if (!cfd_channel_store_member (tx, channel->parent.id, by->id, &seat, error))
    return NULL;
  if (seat == NULL)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no such channel");
  return seat;
}

/* A message of a channel in which the caller is, written since they came. For others there is none. */
static CfTeamMessage *
require_message (CfdTx *tx, const CfdCaller *by, const char *id, GError **error)
{
  g_autoptr (CfTeamMessage) message = NULL;
  g_autoptr (CfChannelMember) seat = NULL;

  if (!cfd_tx_lookup (tx, &cf_team_message_shape, id, &message, error)
      || (message != NULL && !cfd_channel_store_member (tx, message->message.conversation_id, by->id, &seat, error)))
    return NULL;
  if (seat != NULL && g_strcmp0 (message->message.parent.organisation_id, by->organisation_id) == 0
      && seat->joined <= message->message.position && !message->message.parent.deleted)
    return g_steal_pointer (&message);
  g_set_error_literal (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no such message");
  return NULL;
}

/* Those who may read it as things are now. */
static gboolean
address (CfdTx *tx, CfTeamMessage *message, GError **error)
{
  g_strfreev (message->members);
  message->members = cfd_channel_store_readers (tx, message->message.conversation_id, message->message.position, error);
  return message->members != NULL;
}

/*
 * Whether this call was carried out before; @done is what it is answered with: without the message for who went and came back since, as they read no
 * longer what was said until then.
 */
static gboolean
find_repeat (CfdTx *tx, const CfdCaller *by, const CfMessageSendParams *params, GPtrArray **done, GError **error)
{
  g_autoptr (CfTeamMessage) message = NULL;
  g_autoptr (CfChannel) channel = NULL;
  g_autoptr (CfChannelMember) seat = NULL;

  *done = NULL;
  if (!cfd_tx_lookup (tx, &cf_team_message_shape, params->id, &message, error))
    return FALSE;
  if (message == NULL)
    return TRUE;
  if (!cfd_channel_is_repeat (message, by, params))
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "id: was used before, for another message");
      return FALSE;
    }
  channel = cfd_channels_require (tx, by, params->conversation_id, error);
  seat = channel != NULL ? require_seat (tx, by, channel, error) : NULL;
  if (seat == NULL)
    return FALSE;
  *done = cf_structs_new ();
  g_ptr_array_add (*done, g_steal_pointer (&channel));
  if (message->message.position >= seat->joined)
    g_ptr_array_add (*done, g_steal_pointer (&message));
  return TRUE;
}

/* Somebody must be there to read it: in a direct channel, the other one. */
static gboolean
check_heard (CfdTx *tx, const CfdCaller *by, const CfChannel *channel, GError **error)
{
  if (channel->kind != CF_CHANNEL_DIRECT)
    return TRUE;
  for (guint i = 0; channel->members[i] != NULL; i++)
    {
      g_autoptr (CfAgent) agent = NULL;

      if (g_strcmp0 (channel->members[i], by->id) == 0)
        continue;
      agent = cfd_accounts_get_active (tx, by->organisation_id, channel->members[i], error);
      if (agent == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_mentions (CfdTx *tx, const CfdCaller *by, const CfChannel *channel, char **mentions, GError **error)
{
  if (!cfd_messages_check_mentions (tx, by, mentions, error))
    return FALSE;
  for (guint i = 0; mentions != NULL && mentions[i] != NULL; i++)
    if (!cf_channel_has (channel, mentions[i]))
      {
        g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "mentions: got an agent who is not in this channel");
        return FALSE;
      }
  return TRUE;
}

static gboolean
check_reply (CfdTx *tx, const CfdCaller *by, const CfMessageSendParams *params, GError **error)
{
  g_autoptr (CfTeamMessage) quoted = NULL;

  if (params->reply_to == NULL)
    return TRUE;
  quoted = require_message (tx, by, params->reply_to, error);
  if (quoted != NULL && g_strcmp0 (quoted->message.conversation_id, params->conversation_id) == 0)
    return TRUE;
  if (quoted != NULL)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no such message");
  return FALSE;
}

/* What one writes, one has read. */
static gboolean
read_own (CfdTx *tx, const CfdCaller *by, const CfChannel *channel, GPtrArray *touched, GError **error)
{
  g_autoptr (CfChannelMember) seat = require_seat (tx, by, channel, error);

  if (seat == NULL)
    return FALSE;
  seat->position = channel->last_position;
  seat->read_at = cfd_tx_now (tx);
  return put (tx, touched, seat, error);
}

static gboolean
take_files (CfdTx *tx, const CfdCaller *by, const CfTeamMessage *message, GPtrArray *touched, GError **error)
{
  g_autoptr (GPtrArray) files = NULL;

  if (message->message.files == NULL)
    return TRUE;
  files = cfd_files_take_among (tx, by, message, error);
  if (files == NULL)
    return FALSE;
  g_ptr_array_extend_and_steal (touched, g_steal_pointer (&files));
  return TRUE;
}

/**
 * cfd_team_messages_list:
 * Returns: (transfer full): one page of what was said since the caller came, oldest first.
 */
CfRecordsResult *
cfd_team_messages_list (CfdTx *tx, const CfdCaller *by, const CfMessageListParams *params, GError **error)
{
  gint64 limit = cfd_messages_page_size (params->limit);
  g_autoptr (CfChannel) channel = cfd_channels_require (tx, by, params->conversation_id, error);
  g_autoptr (CfChannelMember) seat = channel != NULL ? require_seat (tx, by, channel, error) : NULL;
  g_autoptr (GPtrArray) newest = NULL;

  if (seat == NULL)
    return NULL;
  newest = cfd_channel_store_messages (tx, channel->parent.id, seat->joined, params->before, cfd_messages_page_read (limit), error);
  return newest != NULL ? cfd_messages_page (newest, limit) : NULL;
}

/**
 * cfd_team_messages_send:
 * Words, to all who are in the channel at this moment.
 */
GPtrArray *
cfd_team_messages_send (CfdTx *tx, const CfdCaller *by, const CfMessageSendParams *params, GError **error)
{
  g_autoptr (GPtrArray) touched = NULL;
  g_autoptr (CfChannel) channel = NULL;
  g_autoptr (CfTeamMessage) message = NULL;
  gint64 position;

  if (!find_repeat (tx, by, params, &touched, error))
    return NULL;
  if (touched != NULL)
    return g_steal_pointer (&touched);
  channel = cfd_channels_require (tx, by, params->conversation_id, error);
  if (channel == NULL || !check_heard (tx, by, channel, error) || !check_mentions (tx, by, channel, params->mentions, error)
      || !check_reply (tx, by, params, error))
    return NULL;
  position = cfd_tx_revision (tx, by->organisation_id, error);
  if (position <= 0)
    return NULL;
  touched = cf_structs_new ();
  message = cfd_channel_new_message (channel, by, params, position, cfd_tx_now (tx));
  cfd_channel_take (channel, &message->message);
  if (!address (tx, message, error) || !take_files (tx, by, message, touched, error) || !put (tx, touched, channel, error)
      || !put (tx, touched, message, error) || !read_own (tx, by, channel, touched, error))
    return NULL;
  return g_steal_pointer (&touched);
}

/* Stores what has become of the message, and with it the channel where that shows something of it. */
static GPtrArray *
store (CfdTx *tx, const CfdCaller *by, CfTeamMessage *message, GError **error)
{
  g_autoptr (GPtrArray) touched = cf_structs_new ();
  g_autoptr (CfChannel) channel = cfd_channels_require (tx, by, message->message.conversation_id, error);

  if (channel == NULL || !address (tx, message, error)
      || (cfd_channel_retell (channel, &message->message) && !put (tx, touched, channel, error)) || !put (tx, touched, message, error))
    return NULL;
  return g_steal_pointer (&touched);
}

static GPtrArray *
unchanged (const CfTeamMessage *message)
{
  GPtrArray *records = cf_structs_new ();

  g_ptr_array_add (records, cf_struct_ref ((gpointer) message));
  return records;
}

/**
 * cfd_team_messages_edit:
 * As in conversations.
 */
GPtrArray *
cfd_team_messages_edit (CfdTx *tx, const CfdCaller *by, const CfMessageEditParams *params, GError **error)
{
  g_autoptr (CfTeamMessage) message = require_message (tx, by, params->id, error);
  gboolean changed;

  if (message == NULL || !cfd_messages_reword (&message->message, by, params->text, cfd_tx_now (tx), &changed, error))
    return NULL;
  return changed ? store (tx, by, message, error) : unchanged (message);
}

/**
 * cfd_team_messages_remove:
 * As in conversations, but only one's own: among colleagues nobody is senior.
 */
GPtrArray *
cfd_team_messages_remove (CfdTx *tx, const CfdCaller *by, const char *id, GError **error)
{
  g_autoptr (CfTeamMessage) message = require_message (tx, by, id, error);
  gboolean changed;

  if (message == NULL || !cfd_messages_retract (&message->message, by, FALSE, cfd_tx_now (tx), &changed, error))
    return NULL;
  return changed ? store (tx, by, message, error) : unchanged (message);
}

/**
 * cfd_team_messages_read:
 * Moves the caller's mark forward, onto the last message at or before the given position; never back.
 */
GPtrArray *
cfd_team_messages_read (CfdTx *tx, const CfdCaller *by, const CfConversationReadParams *params, GError **error)
{
  g_autoptr (GPtrArray) touched = cf_structs_new ();
  g_autoptr (CfChannel) channel = cfd_channels_require (tx, by, params->conversation_id, error);
  g_autoptr (CfChannelMember) seat = channel != NULL ? require_seat (tx, by, channel, error) : NULL;
  gint64 position;

  if (seat == NULL)
    return NULL;
  position = cfd_channel_store_position (tx, channel->parent.id, params->position, error);
  if (position < 0)
    return NULL;
  if (position <= seat->position)
    {
      g_ptr_array_add (touched, g_steal_pointer (&seat));
      return g_steal_pointer (&touched);
    }
  seat->position = position;
  seat->read_at = cfd_tx_now (tx);
  return put (tx, touched, seat, error) ? g_steal_pointer (&touched) : NULL;
}
