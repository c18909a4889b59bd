/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "delta.h"

#include "conversation-row.h"

CfaDelta *
cfa_delta_new (void)
{
  CfaDelta *self = g_new0 (CfaDelta, 1);

  self->records = cf_structs_new ();
  self->conversations = g_ptr_array_new_with_free_func ((GDestroyNotify) cfa_conversation_row_free);
  self->removed = g_ptr_array_new_with_free_func (g_free);
  self->done = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
cfa_delta_free (CfaDelta *self)
{
  g_ptr_array_unref (self->records);
  g_ptr_array_unref (self->conversations);
  g_ptr_array_unref (self->removed);
  g_ptr_array_unref (self->done);
  g_free (self);
}
