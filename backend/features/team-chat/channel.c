/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "channel.h"

#include "backend/features/conversations/message-service.h"
#include "protocol/id.h"

static CfChannel *
new_channel (const CfdCaller *by, const char *id, CfChannelKind kind, gint64 now)
{
  CfChannel *self = cf_struct_new (&cf_channel_shape);

  self->parent.id = g_strdup (id);
  self->parent.organisation_id = g_strdup (by->organisation_id);
  self->kind = kind;
  self->created_by = g_strdup (by->id);
  self->created_at = now;
  return self;
}

/**
 * cfd_channel_new_direct:
 * Returns: (transfer full): the one channel of @by and another agent; it has the same id whoever of the two opens it.
 */
CfChannel *
cfd_channel_new_direct (const CfdCaller *by, const char *other_id, gint64 now)
{
  const char *both[] = { by->id, other_id, NULL };
  g_autofree char *id = cf_channel_direct_id (by->id, other_id);
  CfChannel *self = new_channel (by, id, CF_CHANNEL_DIRECT, now);

  self->members = cfd_channel_list (both);
  return self;
}

/**
 * cfd_channel_new_group:
 * Returns: (transfer full): a channel without name and members yet.
 */
CfChannel *
cfd_channel_new_group (const CfdCaller *by, const char *id, gint64 now)
{
  return new_channel (by, id, CF_CHANNEL_GROUP, now);
}

/**
 * cfd_channel_new_member:
 * @position: from which on they read; nothing is unread yet
 *
 * Returns: (transfer full): the seat of an agent.
 */
CfChannelMember *
cfd_channel_new_member (const CfChannel *self, const char *agent_id, gint64 position, gint64 now)
{
  CfChannelMember *member = cf_struct_new (&cf_channel_member_shape);

  member->parent.id = cf_id_new ();
  member->parent.organisation_id = g_strdup (self->parent.organisation_id);
  member->channel_id = g_strdup (self->parent.id);
  member->agent_id = g_strdup (agent_id);
  member->joined = member->position = position;
  member->read_at = now;
  return member;
}

/**
 * cfd_channel_new_message:
 * Returns: (transfer full): what @author says; who may read it is the caller's to add.
 */
CfTeamMessage *
cfd_channel_new_message (const CfChannel *self, const CfdCaller *author, const CfMessageSendParams *params, gint64 position, gint64 now)
{
  CfTeamMessage *sent = cf_struct_new (&cf_team_message_shape);
  CfMessage *message = &sent->message;

  message->parent.id = g_strdup (params->id);
  message->parent.organisation_id = g_strdup (self->parent.organisation_id);
  message->conversation_id = g_strdup (self->parent.id);
  message->position = position;
  message->author_kind = CF_AUTHOR_AGENT;
  message->author_id = g_strdup (author->id);
  message->author_name = g_strdup (author->name);
  message->text = g_strdup (params->text);
  message->created_at = now;
  message->reply_to = g_strdup (params->reply_to);
  if (params->mentions != NULL && params->mentions[0] != NULL)
    message->mentions = g_strdupv (params->mentions);
  if (params->files != NULL && params->files[0] != NULL)
    message->files = g_strdupv (params->files);
  return sent;
}

/**
 * cfd_channel_list:
 * Returns: (transfer full): @ids, each once, in the order in which they came.
 */
char **
cfd_channel_list (const char *const *ids)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  for (; *ids != NULL; ids++)
    if (!g_ptr_array_find_with_equal_func (list, *ids, g_str_equal, NULL))
      g_ptr_array_add (list, (gpointer) *ids);
  g_ptr_array_add (list, NULL);
  return g_strdupv ((char **) list->pdata);
}

/**
 * cfd_channel_may_remove:
 * Returns: whether that member may show others the door: who made the channel; once they have left, whoever has been in it longest.
 */
gboolean
cfd_channel_may_remove (const CfChannel *self, const char *agent_id)
{
  const char *keeper = cf_channel_has (self, self->created_by) ? self->created_by : self->members[0];

  return g_strcmp0 (keeper, agent_id) == 0;
}

/**
 * cfd_channel_take:
 * @message: that has just been written in it
 *
 * Keeps what lists show.
 */
void
cfd_channel_take (CfChannel *self, const CfMessage *message)
{
  g_free (self->preview);
  self->preview = cfd_messages_preview (message->text);
  self->last_message_at = message->created_at;
  self->last_position = message->position;
  g_free (self->last_author_id);
  self->last_author_id = g_strdup (message->author_id);
}

/**
 * cfd_channel_welcome:
 * Somebody comes, to whom lists say nothing of what was said before.
 */
void
cfd_channel_welcome (CfChannel *self)
{
  g_clear_pointer (&self->preview, g_free);
  g_clear_pointer (&self->last_author_id, g_free);
}

/**
 * cfd_channel_retell:
 * @message: of it; its words have changed, or are gone
 *
 * Returns: whether this changes what lists show.
 */
gboolean
cfd_channel_retell (CfChannel *self, const CfMessage *message)
{
  /* Without a preview it was hidden, from who came after it. */
  if (message->position != self->last_position || self->preview == NULL)
    return FALSE;
  g_free (self->preview);
  self->preview = message->text != NULL ? cfd_messages_preview (message->text) : NULL;
  return TRUE;
}

/**
 * cfd_channel_is_repeat:
 * Returns: whether @message is what a call with @params made, by the same agent. Words that were changed since say nothing of that.
 */
gboolean
cfd_channel_is_repeat (const CfTeamMessage *message, const CfdCaller *caller, const CfMessageSendParams *params)
{
  const CfMessage *said = &message->message;
  gboolean changed = said->edited_at > 0 || said->removed_at > 0;

  return g_strcmp0 (said->author_id, caller->id) == 0
         && g_strcmp0 (said->conversation_id, params->conversation_id) == 0
         && g_strcmp0 (said->reply_to, params->reply_to) == 0
         && (changed || g_strcmp0 (said->text, params->text) == 0);
}
