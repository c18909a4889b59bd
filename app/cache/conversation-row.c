/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation-row.h"

/**
 * cfa_conversation_row_free:
 * @self: (nullable): NULL is what is left in an array of which one was taken
 */
void
cfa_conversation_row_free (CfaConversationRow *self)
{
  if (self == NULL)
    return;
  cf_struct_unref (self->record);
  g_free (self->visitor_name);
  g_free (self->visitor_email);
  g_free (self->site_name);
  g_free (self->draft);
  g_free (self->note_draft);
  g_free (self);
}
