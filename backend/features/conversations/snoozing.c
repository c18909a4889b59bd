/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "snoozing.h"

#include "conversation-service.h"
#include "conversation-store.h"

static gint64
when (const CfRecord *record)
{
  return record->parent.shape == &cf_conversation_shape ? ((const CfConversation *) record)->snoozed_until : 0;
}

const CfdDueKind cfd_snoozing = {
  .room = "conversations",
  .unread = "the snoozed conversations could not be read",
  .late = "a snoozed conversation could not be woken yet",
  .due = cfd_conversation_store_due,
  .next = cfd_conversation_store_next_due,
  .act = cfd_conversations_wake_due,
  .when = when,
};
