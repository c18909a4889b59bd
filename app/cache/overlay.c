/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "overlay.h"

static void
assign (CfaOverlay *self, gboolean mine)
{
  self->mine = self->assigned = mine;
  self->reassigned = TRUE;
}

/**
 * cfa_overlay_init:
 * @agent_id: who is signed in
 */
void
cfa_overlay_init (CfaOverlay *self, const CfConversation *record, const char *agent_id)
{
  *self = (CfaOverlay) {
    .status = record->status,
    .mine = record->assignee_id != NULL && g_strcmp0 (record->assignee_id, agent_id) == 0,
    .assigned = record->assignee_id != NULL,
    .last_message_at = record->last_message_at,
  };
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
  if (g_str_equal (write->method, "conversation.assign"))
    assign (self, TRUE);
  else if (g_str_equal (write->method, "conversation.unassign"))
    assign (self, FALSE);
  else if (g_str_equal (write->method, "conversation.close"))
    self->status = CF_CONVERSATION_CLOSED;
  else if (g_str_equal (write->method, "conversation.reopen"))
    self->status = CF_CONVERSATION_OPEN;
  else if (g_str_equal (write->method, "message.send"))
    {
      self->status = CF_CONVERSATION_OPEN;
      self->last_message_at = MAX (self->last_message_at, write->created_at);
      self->answer = write;
      if (!self->assigned)
        assign (self, TRUE);
    }
}
