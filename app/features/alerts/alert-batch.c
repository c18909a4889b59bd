/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "alert-batch.h"

typedef struct
{
  CfaAlertEvent *event; /* the one that matters most, the newest of those */
  guint n_messages;
  gboolean notify;
  int sound; /* CfaAlertKind, or -1 */
} Entry;

struct _CfaAlertBatch
{
  GPtrArray *entries; /* of Entry, one for each conversation, in the order in which they came */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  cfa_alert_event_free (entry->event);
  g_free (entry);
}

CfaAlertBatch *
cfa_alert_batch_new (void)
{
  CfaAlertBatch *self = g_new0 (CfaAlertBatch, 1);

  self->entries = g_ptr_array_new_with_free_func (entry_free);
  return self;
}

void
cfa_alert_batch_free (CfaAlertBatch *self)
{
  g_ptr_array_unref (self->entries);
  g_free (self);
}

static Entry *
find (CfaAlertBatch *self, const char *conversation_id, guint *index)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (g_str_equal (entry->event->conversation_id, conversation_id))
        {
          *index = i;
          return entry;
        }
    }
  return NULL;
}

static gboolean
is_message (const CfaAlertEvent *event)
{
  return event->kind == CFA_ALERT_MESSAGE || event->kind == CFA_ALERT_NEW_CONVERSATION;
}

/**
 * cfa_alert_batch_add:
 * @verdict: what the rules say to do about it
 */
void
cfa_alert_batch_add (CfaAlertBatch *self, const CfaAlertEvent *event, CfaAlertVerdict verdict)
{
  guint index;
  Entry *entry;

  if (!verdict.notify && !verdict.sound)
    return;
  entry = find (self, event->conversation_id, &index);
  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      entry->event = cfa_alert_event_copy (event);
      entry->sound = -1;
      g_ptr_array_add (self->entries, entry);
    }
  else if (verdict.notify && (event->kind >= entry->event->kind || !entry->notify))
    {
      cfa_alert_event_free (entry->event);
      entry->event = cfa_alert_event_copy (event);
    }
  entry->notify = entry->notify || verdict.notify;
  if (verdict.notify && is_message (event))
    entry->n_messages++;
  if (verdict.sound)
    entry->sound = MAX (entry->sound, (int) event->kind);
}

/**
 * cfa_alert_batch_drop:
 * That conversation was read meanwhile: nothing of it is told.
 */
void
cfa_alert_batch_drop (CfaAlertBatch *self, const char *conversation_id)
{
  guint index;

  if (find (self, conversation_id, &index) != NULL)
    g_ptr_array_remove_index (self->entries, index);
}

gboolean
cfa_alert_batch_is_empty (CfaAlertBatch *self)
{
  return self->entries->len == 0;
}

/* Messages that were read before this computer heard of them are not new. */
static guint
new_messages (const Entry *entry)
{
  return entry->event->unread > 0 ? MIN (entry->n_messages, entry->event->unread) : entry->n_messages;
}

/**
 * cfa_alert_batch_take:
 * @late: whether it was gathered while catching up: then it is told in one, unless it is about one conversation alone
 *
 * Returns: (transfer full): what to tell; the batch is empty then.
 */
CfaAlertTelling *
cfa_alert_batch_take (CfaAlertBatch *self, gboolean late)
{
  CfaAlertTelling *telling = g_new0 (CfaAlertTelling, 1);
  guint told = 0;

  telling->single = g_ptr_array_new_with_free_func ((GDestroyNotify) cfa_alert_event_free);
  telling->together = g_ptr_array_new_with_free_func (g_free);
  telling->sound = -1;
  for (guint i = 0; i < self->entries->len; i++)
    told += ((Entry *) self->entries->pdata[i])->notify ? 1 : 0;
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      telling->sound = MAX (telling->sound, entry->sound);
      if (!entry->notify)
        continue;
      if (told <= (late ? 1 : CFA_BATCH_SINGLE_MAX))
        g_ptr_array_add (telling->single, g_steal_pointer (&entry->event));
      else
        {
          g_ptr_array_add (telling->together, g_strdup (entry->event->conversation_id));
          telling->n_messages += new_messages (entry);
        }
    }
  g_ptr_array_set_size (self->entries, 0);
  return telling;
}

void
cfa_alert_telling_free (CfaAlertTelling *self)
{
  g_ptr_array_unref (self->single);
  g_ptr_array_unref (self->together);
  g_free (self);
}
