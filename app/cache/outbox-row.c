/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "outbox-row.h"

CfaOutboxRow *
cfa_outbox_row_new (void)
{
  CfaOutboxRow *self = g_new0 (CfaOutboxRow, 1);

  g_atomic_ref_count_init (&self->references);
  return self;
}

CfaOutboxRow *
cfa_outbox_row_ref (CfaOutboxRow *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
cfa_outbox_row_unref (CfaOutboxRow *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_free (self->id);
  g_free (self->conversation_id);
  g_free (self->method);
  g_free (self->params);
  g_free (self->error);
  g_free (self);
}

/**
 * cfa_outbox_row_copy:
 * Returns: (transfer full): a copy that may be changed; a row that another thread may hold may not.
 */
CfaOutboxRow *
cfa_outbox_row_copy (const CfaOutboxRow *self)
{
  CfaOutboxRow *copy = cfa_outbox_row_new ();

  copy->id = g_strdup (self->id);
  copy->conversation_id = g_strdup (self->conversation_id);
  copy->method = g_strdup (self->method);
  copy->params = g_strdup (self->params);
  copy->created_at = self->created_at;
  copy->due = self->due;
  copy->position = self->position;
  copy->failed = self->failed;
  copy->error = g_strdup (self->error);
  return copy;
}

/**
 * cfa_outbox_row_has_words:
 * Returns: whether it holds words of the person's, to be said now or later, which are never given up without asking.
 */
gboolean
cfa_outbox_row_has_words (const CfaOutboxRow *self)
{
  return g_str_equal (self->method, "message.send") || g_str_equal (self->method, "note.add") || g_str_equal (self->method, "channel.send")
         || g_str_equal (self->method, "scheduled.add");
}
