/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "overlay.h"

#include "protocol/id.h"
#include "protocol/json.h"
#include "protocol/methods/conversation-params.h"

typedef void (*Apply) (CfaOverlay *self, gpointer params);

static void
set_text (char **slot, const char *text)
{
  g_free (*slot);
  *slot = text != NULL && text[0] != '\0' ? g_strdup (text) : NULL;
}

static void
assign (CfaOverlay *self, const char *agent_id)
{
  set_text (&self->assignee_id, agent_id);
  self->assigned = self->assignee_id != NULL;
  self->mine = self->assigned && g_strcmp0 (agent_id, self->agent_id) == 0;
  self->reassigned = TRUE;
}

static void
transfer (CfaOverlay *self, gpointer data)
{
  CfConversationTransferParams *params = data;

  assign (self, params->agent_id);
  if (params->department_id != NULL)
    set_text (&self->department_id, params->department_id);
  self->snoozed_until = 0;
}

static void
escalate (CfaOverlay *self, gpointer data)
{
  self->escalated_at = ((CfConversationEscalateParams *) data)->ended ? 0 : cf_now ();
}

static void
snooze (CfaOverlay *self, gpointer data)
{
  self->snoozed_until = ((CfConversationSnoozeParams *) data)->until;
}

static void
tag (CfaOverlay *self, gpointer data)
{
  g_strfreev (self->tags);
  self->tags = g_strdupv (((CfConversationTagParams *) data)->tags);
}

static void
pin (CfaOverlay *self, gpointer data)
{
  set_text (&self->pinned_id, ((CfConversationPinParams *) data)->message_id);
}

/* Those of which more than the name must be known. */
static const struct
{
  const char *method;
  const CfShape *shape;
  Apply apply;
} parsed[] = {
  { "conversation.transfer", &cf_conversation_transfer_params_shape, transfer },
  { "conversation.escalate", &cf_conversation_escalate_params_shape, escalate },
  { "conversation.snooze", &cf_conversation_snooze_params_shape, snooze },
  { "conversation.tag", &cf_conversation_tag_params_shape, tag },
  { "conversation.pin", &cf_conversation_pin_params_shape, pin },
};

static void
add_parsed (CfaOverlay *self, const CfaOutboxRow *write)
{
  for (guint i = 0; i < G_N_ELEMENTS (parsed); i++)
    {
      g_autoptr (CfStruct) params = NULL;

      if (!g_str_equal (write->method, parsed[i].method))
        continue;
      params = cf_json_decode_text (parsed[i].shape, write->params, CF_DECODE_LENIENT, NULL);
      if (params != NULL)
        parsed[i].apply (self, params);
    }
}

static void
answer (CfaOverlay *self, const CfaOutboxRow *write)
{
  self->status = CF_CONVERSATION_OPEN;
  self->last_message_at = MAX (self->last_message_at, write->created_at);
  self->waiting_since = 0;
  self->answer = write;
  if (!self->assigned)
    assign (self, self->agent_id);
}

/**
 * cfa_overlay_init:
 * @self: to be cleared
 * @agent_id: (transfer none): who is signed in; outlives @self
 */
void
cfa_overlay_init (CfaOverlay *self, const CfConversation *record, const char *agent_id)
{
  *self = (CfaOverlay) {
    .agent_id = agent_id,
    .status = record->status,
    .mine = record->assignee_id != NULL && g_strcmp0 (record->assignee_id, agent_id) == 0,
    .assigned = record->assignee_id != NULL,
    .assignee_id = g_strdup (record->assignee_id),
    .department_id = g_strdup (record->department_id),
    .tags = g_strdupv (record->tags),
    .pinned_id = g_strdup (record->pinned_id),
    .escalated_at = record->escalated_at,
    .snoozed_until = record->snoozed_until,
    .waiting_since = record->waiting_since,
    .last_message_at = record->last_message_at,
  };
}

void
cfa_overlay_clear (CfaOverlay *self)
{
  g_free (self->assignee_id);
  g_free (self->department_id);
  g_strfreev (self->tags);
  g_free (self->pinned_id);
  *self = (CfaOverlay) { 0 };
}

/**
 * cfa_overlay_add:
 * @write: the next one in order; one that was refused changes nothing
 *
 * What the server will make of it, see docs/protocol.md, "Methods".
 */
void
cfa_overlay_add (CfaOverlay *self, const CfaOutboxRow *write)
{
  if (write->failed)
    return;
  if (g_str_equal (write->method, "conversation.assign") || g_str_equal (write->method, "conversation.accept"))
    assign (self, self->agent_id);
  else if (g_str_equal (write->method, "conversation.unassign"))
    assign (self, NULL);
  else if (g_str_equal (write->method, "conversation.close"))
    {
      self->status = CF_CONVERSATION_CLOSED;
      self->escalated_at = 0;
    }
  else if (g_str_equal (write->method, "conversation.reopen"))
    self->status = CF_CONVERSATION_OPEN;
  else if (g_str_equal (write->method, "message.send"))
    answer (self, write);
  else
    add_parsed (self, write);
}
