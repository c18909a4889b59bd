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
  const char *agent_id; /* borrowed: who is signed in */
  CfConversationStatus status;
  gboolean mine;
  gboolean assigned;          /* to anybody */
  gboolean reassigned;        /* by a write */
  char *assignee_id;          /* (nullable) */
  char *department_id;        /* (nullable) */
  char **tags;                /* (nullable) */
  char *pinned_id;            /* (nullable) */
  gint64 escalated_at;
  gint64 snoozed_until;
  gint64 waiting_since;
  gint64 last_message_at;
  const CfaOutboxRow *answer; /* (nullable): borrowed: the last text among the writes */
} CfaOverlay;

void cfa_overlay_init  (CfaOverlay *self, const CfConversation *record, const char *agent_id);
void cfa_overlay_add   (CfaOverlay *self, const CfaOutboxRow *write);
void cfa_overlay_clear (CfaOverlay *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CfaOverlay, cfa_overlay_clear)

G_END_DECLS
