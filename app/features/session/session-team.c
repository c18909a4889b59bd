/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-private.h"

#include "write.h"

#include "protocol/id.h"
#include "protocol/methods/channel-params.h"
#include "protocol/records/channel-member.h"
#include "protocol/records/team-message.h"

static void
add_write (CfaSession *self, CfaOutboxRow *row)
{
  g_autoptr (CfaOutboxRow) owned = row;

  if (self->sender != NULL)
    cfa_sender_add (self->sender, owned);
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaSession) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) unread = cfa_cache_counts_finish (result, &error);

  self->counting = FALSE;
  if (unread == NULL)
    g_message ("what is unread in the team could not be counted: %s", error->message);
  else if (self->channels != NULL)
    cfa_channel_list_count (self->channels, unread);
  if (self->recount)
    cfa_session_count_team (self);
}

/**
 * cfa_session_count_team:
 * Counts what is unread in channels; many calls while it counts make one more.
 */
void
cfa_session_count_team (CfaSession *self)
{
  self->recount = self->counting;
  if (self->counting || self->cache == NULL)
    return;
  self->counting = TRUE;
  cfa_cache_team_unread_async (self->cache, on_counted, g_object_ref (self));
}

/**
 * cfa_session_follow_team:
 * @delta: what the cache has changed
 */
void
cfa_session_follow_team (CfaSession *self, const CfaDelta *delta)
{
  for (guint i = 0; i < delta->records->len; i++)
    {
      const CfShape *shape = CF_RECORD (delta->records->pdata[i])->parent.shape;

      if (shape == &cf_team_message_shape || shape == &cf_channel_member_shape || shape == &cf_channel_shape)
        {
          cfa_session_count_team (self);
          return;
        }
    }
}

static CfChannel *
new_channel (CfaSession *self, const char *id, CfChannelKind kind, gint64 created_at)
{
  CfChannel *record = cf_struct_new (&cf_channel_shape);

  record->parent.id = g_strdup (id);
  record->kind = kind;
  record->created_by = g_strdup (self->account->agent_id);
  record->created_at = created_at;
  return record;
}

/* The channel that a write will make, when it makes one. */
static CfChannel *
promised (CfaSession *self, const CfaOutboxRow *write)
{
  g_autoptr (CfStruct) params = NULL;
  CfChannel *record;

  if (write->failed || !(g_str_equal (write->method, "channel.put") || g_str_equal (write->method, "channel.open_direct")))
    return NULL;
  params = cfa_write_params (write, NULL);
  if (params == NULL)
    return NULL;
  if (g_str_equal (write->method, "channel.put"))
    {
      record = new_channel (self, write->conversation_id, CF_CHANNEL_GROUP, write->created_at);
      record->name = g_strdup (((CfChannelPutParams *) params)->name);
      record->members = g_strdupv (((CfChannelPutParams *) params)->members);
      return record;
    }
  record = new_channel (self, write->conversation_id, CF_CHANNEL_DIRECT, write->created_at);
  record->members = g_strdupv ((char *[]) { self->account->agent_id, ((CfChannelDirectParams *) params)->agent_id, NULL });
  return record;
}

/**
 * cfa_session_show_promises:
 * @channel_id: whose writes have changed; of a conversation nothing happens
 *
 * Channels are there as soon as the agent has asked for them, offline too.
 */
void
cfa_session_show_promises (CfaSession *self, const char *channel_id)
{
  g_autoptr (GPtrArray) writes = self->sender != NULL ? cfa_sender_dup_rows (self->sender, channel_id) : NULL;
  gboolean any = FALSE;

  for (guint i = 0; writes != NULL && i < writes->len; i++)
    {
      g_autoptr (CfChannel) record = promised (self, writes->pdata[i]);

      if (record != NULL)
        cfa_channel_list_promise (self->channels, record);
      any = any || record != NULL;
    }
  if (!any)
    cfa_channel_list_withdraw (self->channels, channel_id);
}

/**
 * cfa_session_get_channels:
 * Returns: (transfer none): where this agent talks with colleagues.
 */
CfaChannelList *
cfa_session_get_channels (CfaSession *self)
{
  return self->channels;
}

/**
 * cfa_session_open_channel:
 * Returns: (transfer full): the channel's messages; the same list as long as somebody holds it.
 */
CfaMessageList *
cfa_session_open_channel (CfaSession *self, CfaChannel *channel)
{
  return cfa_session_hold_messages (self, &cf_team_message_shape, cfa_channel_get_id (channel), cfa_channel_get_unread (channel));
}

/**
 * cfa_session_open_direct:
 * @agent_id: a colleague
 *
 * Returns: (transfer full): the id of the channel, which is there at once.
 */
char *
cfa_session_open_direct (CfaSession *self, const char *agent_id)
{
  char *id = cf_channel_direct_id (self->account->agent_id, agent_id);

  if (cfa_channel_list_find (self->channels, id) == NULL)
    add_write (self, cfa_write_new_direct (id, agent_id));
  return id;
}

/**
 * cfa_session_put_channel:
 * @id: (nullable): of a group that changes; NULL makes one
 * @members: ids; the agent's own need not be among them
 *
 * Returns: (transfer full): the id of the channel.
 */
char *
cfa_session_put_channel (CfaSession *self, const char *id, const char *name, const char *const *members)
{
  char *channel_id = id != NULL ? g_strdup (id) : cf_id_new ();
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  if (!g_strv_contains (members, self->account->agent_id))
    g_ptr_array_add (all, self->account->agent_id);
  for (guint i = 0; members[i] != NULL; i++)
    g_ptr_array_add (all, (gpointer) members[i]);
  g_ptr_array_add (all, NULL);
  add_write (self, cfa_write_new_channel (channel_id, name, (const char *const *) all->pdata));
  return channel_id;
}

void
cfa_session_leave_channel (CfaSession *self, CfaChannel *channel)
{
  add_write (self, cfa_write_new_leave (cfa_channel_get_id (channel)));
}

/**
 * cfa_session_say:
 * @reply_to: (nullable): id of the message that it answers
 * @mentions: (nullable): ids of the members whom it calls
 * @files: (nullable): ids of those that it brings
 */
void
cfa_session_say (CfaSession *self, CfaChannel *channel, const char *text, const char *reply_to, const char *const *mentions,
                 const char *const *files)
{
  add_write (self, cfa_write_new_said (cfa_channel_get_id (channel), text, reply_to, mentions, files));
}

void
cfa_session_edit_said (CfaSession *self, CfaChannel *channel, CfaMessage *message, const char *text)
{
  add_write (self, cfa_write_new_edit ("channel.edit", cfa_channel_get_id (channel), cfa_message_get_id (message), text));
}

void
cfa_session_remove_said (CfaSession *self, CfaChannel *channel, CfaMessage *message)
{
  add_write (self, cfa_write_new_remove ("channel.remove", cfa_channel_get_id (channel), cfa_message_get_id (message)));
}

/**
 * cfa_session_read_channel:
 * To be called whenever the newest message is before the person's eyes; does nothing when nothing is unread.
 */
void
cfa_session_read_channel (CfaSession *self, CfaChannel *channel)
{
  if (cfa_channel_get_unread (channel) == 0)
    return;
  cfa_channel_set_unread (channel, 0);
  add_write (self, cfa_write_new_read ("channel.read", cfa_channel_get_id (channel), cfa_channel_get_record (channel)->last_position));
}

/**
 * cfa_session_type_in_channel:
 * To be called at every change of the text; tells the others at most once a second.
 */
void
cfa_session_type_in_channel (CfaSession *self, CfaChannel *channel, gboolean active)
{
  if (self->attention != NULL)
    cfa_attention_typing (self->attention, cfa_channel_get_id (channel), active);
}
