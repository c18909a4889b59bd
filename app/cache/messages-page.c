/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "messages-page.h"

void
cfa_messages_page_free (CfaMessagesPage *self)
{
  g_clear_pointer (&self->messages, g_ptr_array_unref);
  g_free (self);
}
