/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "outbox-row.h"

#include "protocol/records/conversation.h"

G_BEGIN_DECLS

/**
 * CfaOverlay:
 * A conversation as it is once the server has carried out what the agent has done: its record, and over it the outbox.
 */
typedef struct
{
  CfConversationStatus status;
  gboolean mine;
  gboolean assigned;          /* to anybody */
  gboolean reassigned;        /* by a write: `mine` says to whom, to the agent or to nobody */
  gint64 last_message_at;
  const CfaOutboxRow *answer; /* (nullable): borrowed: the last text among the writes */
} CfaOverlay;

void cfa_overlay_init (CfaOverlay *self, const CfConversation *record, const char *agent_id);
void cfa_overlay_add  (CfaOverlay *self, const CfaOutboxRow *write);

G_END_DECLS
