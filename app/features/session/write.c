/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "write.h"

#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/json.h"
#include "protocol/methods/canned-params.h"
#include "protocol/methods/channel-params.h"
#include "protocol/methods/conversation-params.h"
#include "protocol/methods/macro-params.h"
#include "protocol/methods/results.h"
#include "protocol/methods/scheduled-params.h"
#include "protocol/methods/visitor-params.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *method;
  const CfShape *params;
  const char *what; /* for "could not %s" */
} WriteKind;

static const WriteKind kinds[] = {
  { "message.send", &cf_message_send_params_shape, N_("The message was not sent") },
  { "note.add", &cf_message_send_params_shape, N_("The note was not added") },
  { "conversation.accept", &cf_conversation_action_params_shape, N_("The conversation was not yours to take") },
  { "conversation.assign", &cf_conversation_assign_params_shape, N_("The conversation was not assigned") },
  { "conversation.unassign", &cf_conversation_action_params_shape, N_("The conversation was not given back") },
  { "conversation.close", &cf_conversation_action_params_shape, N_("The conversation was not closed") },
  { "conversation.reopen", &cf_conversation_action_params_shape, N_("The conversation was not opened again") },
  { "conversation.transfer", &cf_conversation_transfer_params_shape, N_("The conversation was not handed over") },
  { "conversation.escalate", &cf_conversation_escalate_params_shape, N_("The supervisors were not called") },
  { "conversation.snooze", &cf_conversation_snooze_params_shape, N_("The conversation was not put off") },
  { "conversation.tag", &cf_conversation_tag_params_shape, N_("The tags were not changed") },
  { "conversation.pin", &cf_conversation_pin_params_shape, N_("The note was not pinned") },
  { "message.edit", &cf_message_edit_params_shape, N_("The message was not changed") },
  { "message.remove", &cf_id_params_shape, N_("The message was not deleted") },
  { "scheduled.add", &cf_scheduled_add_params_shape, N_("The message was not scheduled") },
  { "scheduled.update", &cf_scheduled_update_params_shape, N_("The scheduled message was not changed") },
  { "scheduled.cancel", &cf_id_params_shape, N_("The scheduled message was not cancelled") },
  { "scheduled.send", &cf_id_params_shape, N_("The scheduled message was not sent") },
  { "channel.open_direct", &cf_channel_direct_params_shape, N_("The chat was not opened") },
  { "channel.put", &cf_channel_put_params_shape, N_("The group was not changed") },
  { "channel.leave", &cf_id_params_shape, N_("You are still in the group") },
  { "channel.send", &cf_message_send_params_shape, N_("The message was not sent") },
  { "channel.edit", &cf_message_edit_params_shape, N_("The message was not changed") },
  { "channel.remove", &cf_id_params_shape, N_("The message was not deleted") },
  { "channel.read", &cf_conversation_read_params_shape, N_("The chat was not marked as read") },
  { "conversation.read", &cf_conversation_read_params_shape, N_("The conversation was not marked as read") },
  { "visitor.update", &cf_visitor_update_params_shape, N_("What is known of the visitor was not changed") },
  { "visitor.tag", &cf_visitor_tag_params_shape, N_("The visitor did not get the tag") },
  { "visitor.untag", &cf_visitor_tag_params_shape, N_("The tag was not taken from the visitor") },
  { "visitor.attribute", &cf_visitor_attribute_params_shape, N_("What is known of the visitor was not changed") },
  { "canned.add", &cf_canned_add_params_shape, N_("The canned response was not added") },
  { "canned.update", &cf_canned_update_params_shape, N_("The canned response was not changed") },
  { "canned.remove", &cf_id_params_shape, N_("The canned response was not removed") },
  { "canned.used", &cf_id_params_shape, N_("The use of a canned response was not counted") },
  { "macro.add", &cf_macro_add_params_shape, N_("The macro was not added") },
  { "macro.update", &cf_macro_update_params_shape, N_("The macro was not changed") },
  { "macro.remove", &cf_id_params_shape, N_("The macro was not removed") },
  { "macro.used", &cf_id_params_shape, N_("The use of a macro was not counted") },
};

static const WriteKind *
find_kind (const char *method)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].method, method) == 0)
      return &kinds[i];
  return NULL;
}

/**
 * cfa_write_new:
 * @id: of the write; that of the message which it makes, if it makes one
 * @conversation_id: of what it is done to: the writes of one thing are carried out one after the other
 */
CfaOutboxRow *
cfa_write_new (const char *method, const char *id, const char *conversation_id, gconstpointer params)
{
  CfaOutboxRow *row = cfa_outbox_row_new ();
  GString *json = g_string_new (NULL);

  cf_json_encode (json, params, CF_AUDIENCE_STAFF);
  row->id = g_strdup (id);
  row->conversation_id = g_strdup (conversation_id);
  row->method = g_strdup (method);
  row->params = g_string_free (json, FALSE);
  row->created_at = cf_now ();
  return row;
}

/**
 * cfa_write_new_text:
 * @id: (nullable): of a message that was refused and is said again; NULL makes one
 * @reply_to: (nullable): id of the message that it answers
 * @mentions: (nullable): ids of the agents whom a note calls
 * @files: (nullable): ids of those that it brings
 * @after: the position of the last text that the person has seen, so that a colleague's newer one is not talked over; -1 = say it anyway
 *
 * Returns: (transfer full): message.send, or note.add when @note.
 */
CfaOutboxRow *
cfa_write_new_text (const char *id, const char *conversation_id, const char *text, gboolean note, const char *reply_to,
                    const char *const *mentions, const char *const *files, gint64 after)
{
  g_autoptr (CfMessageSendParams) params = cf_struct_new (&cf_message_send_params_shape);

  params->id = id != NULL ? g_strdup (id) : cf_id_new ();
  params->conversation_id = g_strdup (conversation_id);
  params->text = g_strdup (text);
  params->reply_to = g_strdup (reply_to);
  if (note && mentions != NULL && mentions[0] != NULL)
    params->mentions = g_strdupv ((char **) mentions);
  if (files != NULL && files[0] != NULL)
    params->files = g_strdupv ((char **) files);
  if (!note && after >= 0)
    {
      params->after = after;
      cf_struct_give (params, "after");
    }
  return cfa_write_new (note ? "note.add" : "message.send", params->id, conversation_id, params);
}

CfaOutboxRow *
cfa_write_new_assign (const char *conversation_id, const char *agent_id)
{
  g_autoptr (CfConversationAssignParams) params = cf_struct_new (&cf_conversation_assign_params_shape);

  params->id = g_strdup (conversation_id);
  params->event_id = cf_id_new ();
  params->agent_id = g_strdup (agent_id);
  return cfa_write_new ("conversation.assign", params->event_id, conversation_id, params);
}

/**
 * cfa_write_new_action:
 * @method: conversation.accept, conversation.unassign, conversation.close or conversation.reopen
 */
CfaOutboxRow *
cfa_write_new_action (const char *method, const char *conversation_id)
{
  g_autoptr (CfConversationActionParams) params = cf_struct_new (&cf_conversation_action_params_shape);

  params->id = g_strdup (conversation_id);
  params->event_id = cf_id_new ();
  return cfa_write_new (method, params->event_id, conversation_id, params);
}

/**
 * cfa_write_new_transfer:
 * @agent_id: (nullable): to whom
 * @department_id: (nullable): or where to
 * @note: (nullable): words for who gets it
 */
CfaOutboxRow *
cfa_write_new_transfer (const char *conversation_id, const char *agent_id, const char *department_id, const char *note)
{
  g_autoptr (CfConversationTransferParams) params = cf_struct_new (&cf_conversation_transfer_params_shape);

  params->id = g_strdup (conversation_id);
  params->event_id = cf_id_new ();
  params->agent_id = g_strdup (agent_id);
  params->department_id = g_strdup (department_id);
  if (note != NULL && note[0] != '\0')
    {
      params->note = g_strdup (note);
      params->note_id = cf_id_new ();
    }
  return cfa_write_new ("conversation.transfer", params->event_id, conversation_id, params);
}

/**
 * cfa_write_new_escalate:
 * @escalated: FALSE ends it
 * @note: (nullable): words for the supervisors
 */
CfaOutboxRow *
cfa_write_new_escalate (const char *conversation_id, gboolean escalated, const char *note)
{
  g_autoptr (CfConversationEscalateParams) params = cf_struct_new (&cf_conversation_escalate_params_shape);

  params->id = g_strdup (conversation_id);
  params->event_id = cf_id_new ();
  params->ended = !escalated;
  if (note != NULL && note[0] != '\0')
    {
      params->note = g_strdup (note);
      params->note_id = cf_id_new ();
    }
  return cfa_write_new ("conversation.escalate", params->event_id, conversation_id, params);
}

/**
 * cfa_write_new_snooze:
 * @until: ms UTC; 0 wakes it
 */
CfaOutboxRow *
cfa_write_new_snooze (const char *conversation_id, gint64 until)
{
  g_autoptr (CfConversationSnoozeParams) params = cf_struct_new (&cf_conversation_snooze_params_shape);

  params->id = g_strdup (conversation_id);
  params->event_id = cf_id_new ();
  params->until = until;
  return cfa_write_new ("conversation.snooze", params->event_id, conversation_id, params);
}

/**
 * cfa_write_new_tag:
 * @tags: ids: all that it has from now on
 */
CfaOutboxRow *
cfa_write_new_tag (const char *conversation_id, const char *const *tags)
{
  g_autoptr (CfConversationTagParams) params = cf_struct_new (&cf_conversation_tag_params_shape);
  g_autofree char *id = cf_id_new ();

  params->id = g_strdup (conversation_id);
  params->tags = g_strdupv ((char **) tags);
  return cfa_write_new ("conversation.tag", id, conversation_id, params);
}

/**
 * cfa_write_new_pin:
 * @message_id: (nullable): of a note; NULL = none any more
 */
CfaOutboxRow *
cfa_write_new_pin (const char *conversation_id, const char *message_id)
{
  g_autoptr (CfConversationPinParams) params = cf_struct_new (&cf_conversation_pin_params_shape);
  g_autofree char *id = cf_id_new ();

  params->id = g_strdup (conversation_id);
  params->message_id = g_strdup (message_id != NULL ? message_id : "");
  return cfa_write_new ("conversation.pin", id, conversation_id, params);
}

/**
 * cfa_write_new_said:
 * @reply_to: (nullable): id of the message that it answers
 * @mentions: (nullable): ids of the members whom it calls
 * @files: (nullable): ids of those that it brings
 *
 * Returns: (transfer full): channel.send
 */
CfaOutboxRow *
cfa_write_new_said (const char *channel_id, const char *text, const char *reply_to, const char *const *mentions, const char *const *files)
{
  g_autoptr (CfMessageSendParams) params = cf_struct_new (&cf_message_send_params_shape);

  params->id = cf_id_new ();
  params->conversation_id = g_strdup (channel_id);
  params->text = g_strdup (text);
  params->reply_to = g_strdup (reply_to);
  if (mentions != NULL && mentions[0] != NULL)
    params->mentions = g_strdupv ((char **) mentions);
  if (files != NULL && files[0] != NULL)
    params->files = g_strdupv ((char **) files);
  return cfa_write_new ("channel.send", params->id, channel_id, params);
}

CfaOutboxRow *
cfa_write_new_direct (const char *channel_id, const char *agent_id)
{
  g_autoptr (CfChannelDirectParams) params = cf_struct_new (&cf_channel_direct_params_shape);
  g_autofree char *id = cf_id_new ();

  params->agent_id = g_strdup (agent_id);
  return cfa_write_new ("channel.open_direct", id, channel_id, params);
}

CfaOutboxRow *
cfa_write_new_channel (const char *channel_id, const char *name, const char *const *members)
{
  g_autoptr (CfChannelPutParams) params = cf_struct_new (&cf_channel_put_params_shape);
  g_autofree char *id = cf_id_new ();

  params->id = g_strdup (channel_id);
  params->name = g_strdup (name);
  params->members = g_strdupv ((char **) members);
  return cfa_write_new ("channel.put", id, channel_id, params);
}

CfaOutboxRow *
cfa_write_new_leave (const char *channel_id)
{
  g_autoptr (CfIdParams) params = cf_struct_new (&cf_id_params_shape);
  g_autofree char *id = cf_id_new ();

  params->id = g_strdup (channel_id);
  return cfa_write_new ("channel.leave", id, channel_id, params);
}

/**
 * cfa_write_new_edit:
 * @method: message.edit or channel.edit
 */
CfaOutboxRow *
cfa_write_new_edit (const char *method, const char *conversation_id, const char *message_id, const char *text)
{
  g_autoptr (CfMessageEditParams) params = cf_struct_new (&cf_message_edit_params_shape);
  g_autofree char *id = cf_id_new ();

  params->id = g_strdup (message_id);
  params->text = g_strdup (text);
  return cfa_write_new (method, id, conversation_id, params);
}

/**
 * cfa_write_new_remove:
 * @method: message.remove or channel.remove
 */
CfaOutboxRow *
cfa_write_new_remove (const char *method, const char *conversation_id, const char *message_id)
{
  g_autoptr (CfIdParams) params = cf_struct_new (&cf_id_params_shape);
  g_autofree char *id = cf_id_new ();

  params->id = g_strdup (message_id);
  return cfa_write_new (method, id, conversation_id, params);
}

/**
 * cfa_write_new_read:
 * @method: conversation.read or channel.read
 */
CfaOutboxRow *
cfa_write_new_read (const char *method, const char *conversation_id, gint64 position)
{
  g_autoptr (CfConversationReadParams) params = cf_struct_new (&cf_conversation_read_params_shape);
  g_autofree char *id = cf_id_new ();
  CfaOutboxRow *row;

  params->conversation_id = g_strdup (conversation_id);
  params->position = position;
  row = cfa_write_new (method, id, conversation_id, params);
  row->position = position;
  return row;
}

/**
 * cfa_write_new_visitor:
 * @method: one that changes what is known of a visitor
 * @params: what it takes
 *
 * Returns: (transfer full): the write; those of one visitor are carried out in their order, as those of one conversation are.
 */
CfaOutboxRow *
cfa_write_new_visitor (const char *method, const char *visitor_id, gconstpointer params)
{
  g_autofree char *id = cf_id_new ();

  return cfa_write_new (method, id, visitor_id, params);
}

/**
 * cfa_write_is_message:
 * Returns: whether @row holds words of the person's, which are never given up without asking.
 */
gboolean
cfa_write_is_message (const CfaOutboxRow *row)
{
  return g_str_equal (row->method, "message.send") || g_str_equal (row->method, "note.add") || g_str_equal (row->method, "channel.send");
}

/**
 * cfa_write_params:
 * Returns: (transfer full): the CfStruct to call the method with, or NULL when another version of the program wrote the row
 *   and this one cannot read it.
 */
gpointer
cfa_write_params (const CfaOutboxRow *row, GError **error)
{
  const WriteKind *kind = find_kind (row->method);

  if (kind == NULL)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "got the write \"%s\", which this version does not know", row->method);
      return NULL;
    }
  return cf_json_decode_text (kind->params, row->params, CF_DECODE_LENIENT, error);
}

/**
 * cfa_write_what:
 * Returns: (transfer full): what did not happen when the write is refused, in the person's language.
 */
char *
cfa_write_what (const CfaOutboxRow *row)
{
  const WriteKind *kind = find_kind (row->method);

  return g_strdup (kind != NULL ? _(kind->what) : row->method);
}
