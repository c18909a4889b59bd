/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/records/conversation.h"

G_BEGIN_DECLS

/**
 * CfaConversationRow:
 * A conversation with what a list shows of its neighbours, joined by the cache.
 */
typedef struct
{
  CfConversation *record;
  gboolean visitor_known;
  char *visitor_name;
  char *visitor_email;
  char *site_name;
  char *draft;
  char *note_draft;     /* of a staff note */
  guint unread;         /* visitor texts above the own read mark, also one that is still in the outbox */
  gint64 seen_position; /* the visitor's read mark */
} CfaConversationRow;

void cfa_conversation_row_free (CfaConversationRow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfaConversationRow, cfa_conversation_row_free)

G_END_DECLS
