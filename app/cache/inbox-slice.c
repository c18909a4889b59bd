/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inbox-slice.h"

#include "conversation-row.h"

CfaInboxSlice *
cfa_inbox_slice_new (guint offset)
{
  CfaInboxSlice *self = g_new0 (CfaInboxSlice, 1);

  self->offset = offset;
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) cfa_conversation_row_free);
  return self;
}

void
cfa_inbox_slice_free (CfaInboxSlice *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self);
}
