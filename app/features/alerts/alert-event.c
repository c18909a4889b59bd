/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "alert-event.h"

const char *const cfa_alert_kind_words[] = {
  [CFA_ALERT_RETURNED] = "returned",
  [CFA_ALERT_NEW_CONVERSATION] = "new-conversation",
  [CFA_ALERT_MESSAGE] = "message",
  [CFA_ALERT_ASSIGNED] = "assigned",
  [CFA_ALERT_MENTION] = "mention",
  [CFA_ALERT_URGENT] = "urgent",
  [CFA_N_ALERTS] = NULL,
};

CfaAlertEvent *
cfa_alert_event_new (CfaAlertKind kind, const char *conversation_id)
{
  CfaAlertEvent *self = g_new0 (CfaAlertEvent, 1);

  self->kind = kind;
  self->conversation_id = g_strdup (conversation_id);
  return self;
}

CfaAlertEvent *
cfa_alert_event_copy (const CfaAlertEvent *self)
{
  CfaAlertEvent *copy = g_memdup2 (self, sizeof *self);

  copy->conversation_id = g_strdup (self->conversation_id);
  copy->site_id = g_strdup (self->site_id);
  copy->site_name = g_strdup (self->site_name);
  copy->who = g_strdup (self->who);
  copy->author = g_strdup (self->author);
  copy->author_id = g_strdup (self->author_id);
  copy->text = g_strdup (self->text);
  return copy;
}

/**
 * cfa_alert_event_free:
 * @self: (nullable):
 */
void
cfa_alert_event_free (CfaAlertEvent *self)
{
  if (self == NULL)
    return;
  g_free (self->conversation_id);
  g_free (self->site_id);
  g_free (self->site_name);
  g_free (self->who);
  g_free (self->author);
  g_free (self->author_id);
  g_free (self->text);
  g_free (self);
}
