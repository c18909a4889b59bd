/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "delta.h"

#include "conversation-row.h"

static void
move_clear (CfaMove *move)
{
  g_free (move->folder);
  g_free (move->id);
}

/**
 * cfa_counts_new:
 * Returns: (transfer full): folder -> CfaCount, empty.
 */
GHashTable *
cfa_counts_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

CfaDelta *
cfa_delta_new (void)
{
  CfaDelta *self = g_new0 (CfaDelta, 1);

  self->records = cf_structs_new ();
  self->conversations = g_ptr_array_new_with_free_func ((GDestroyNotify) cfa_conversation_row_free);
  self->removed = g_ptr_array_new_with_free_func (g_free);
  self->done = g_ptr_array_new_with_free_func (g_free);
  self->moves = g_array_new (FALSE, FALSE, sizeof (CfaMove));
  g_array_set_clear_func (self->moves, (GDestroyNotify) move_clear);
  self->counts = cfa_counts_new ();
  return self;
}

void
cfa_delta_free (CfaDelta *self)
{
  g_ptr_array_unref (self->records);
  g_ptr_array_unref (self->conversations);
  g_ptr_array_unref (self->removed);
  g_ptr_array_unref (self->done);
  g_array_unref (self->moves);
  g_hash_table_unref (self->counts);
  g_free (self);
}
