/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dummy.h"

#include "protocol/id.h"

/* What waits to be sent, without a server that sends it. */

static void
fill (CfaScheduledList *list, CfaScheduled *gone, CfaScheduled *come)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (CfaScheduled) item = g_list_model_get_item (G_LIST_MODEL (list), i);

      if (item != gone)
        g_ptr_array_add (items, g_steal_pointer (&item));
    }
  if (come != NULL)
    g_ptr_array_add (items, g_object_ref (come));
  cfa_scheduled_list_fill (list, items);
}

CfaScheduledList *
cfa_session_open_scheduled (CfaSession *self, CfaConversation *conversation)
{
  if (conversation->scheduled == NULL)
    conversation->scheduled = cfa_scheduled_list_new ();
  return g_object_ref (conversation->scheduled);
}

static CfScheduledMessage *
new_record (CfaConversation *conversation, const char *text, gint64 send_at)
{
  CfScheduledMessage *record = cf_struct_new (&cf_scheduled_message_shape);

  record->parent.id = cf_id_new ();
  record->conversation_id = g_strdup (conversation->id);
  record->author_id = g_strdup (DUMMY_AGENT_ID);
  record->author_name = g_strdup (DUMMY_AGENT_NAME);
  record->text = g_strdup (text);
  record->send_at = send_at;
  return record;
}

void
cfa_session_send_later (CfaSession *self, CfaConversation *conversation, const char *text, const char *reply_to, const char *const *files,
                        gint64 send_at, gboolean unless_reply)
{
  g_autoptr (CfaScheduledList) list = cfa_session_open_scheduled (self, conversation);
  g_autoptr (CfScheduledMessage) record = new_record (conversation, text, send_at);
  g_autoptr (CfaScheduled) item = NULL;

  record->reply_to = g_strdup (reply_to);
  record->files = files != NULL && files[0] != NULL ? g_strdupv ((char **) files) : NULL;
  record->unless_reply = unless_reply;
  item = cfa_scheduled_new (record, TRUE, CFA_SCHEDULED_WAITING, NULL);
  fill (list, NULL, item);
  dummy_conversation_changed (conversation);
}

/* One that was held back, or a colleague's. */
void
dummy_scheduled_add (CfaSession *self, CfaConversation *conversation, const char *text, CfHeld held, const char *colleague)
{
  g_autoptr (CfaScheduledList) list = cfa_session_open_scheduled (self, conversation);
  g_autoptr (CfScheduledMessage) record = new_record (conversation, text, cf_now () + 7200000);
  g_autoptr (CfaScheduled) item = NULL;

  record->held = held;
  if (colleague != NULL)
    {
      g_free (record->author_name);
      record->author_name = g_strdup (colleague);
    }
  item = cfa_scheduled_new (record, colleague == NULL, held != CF_HELD_NO ? CFA_SCHEDULED_HELD : CFA_SCHEDULED_WAITING, NULL);
  fill (list, NULL, item);
}

void
cfa_session_reschedule (CfaSession *self, CfaScheduled *scheduled, gint64 send_at)
{
  CfaConversation *conversation = cfa_session_get_conversation (self, cfa_scheduled_get (scheduled)->conversation_id);
  g_autoptr (CfScheduledMessage) record = cf_struct_copy (cfa_scheduled_get (scheduled));
  g_autoptr (CfaScheduled) item = NULL;

  record->send_at = send_at;
  record->held = CF_HELD_NO;
  item = cfa_scheduled_new (record, TRUE, CFA_SCHEDULED_WAITING, NULL);
  fill (conversation->scheduled, scheduled, item);
}

void
cfa_session_send_scheduled (CfaSession *self, CfaScheduled *scheduled)
{
  CfaConversation *conversation = cfa_session_get_conversation (self, cfa_scheduled_get (scheduled)->conversation_id);
  g_autofree char *text = g_strdup (cfa_scheduled_get (scheduled)->text);

  fill (conversation->scheduled, scheduled, NULL);
  cfa_session_send_text (self, conversation, text, NULL, NULL);
}

void
cfa_session_cancel_scheduled (CfaSession *self, CfaScheduled *scheduled)
{
  fill (cfa_session_get_conversation (self, cfa_scheduled_get (scheduled)->conversation_id)->scheduled, scheduled, NULL);
}

void cfa_session_retry_scheduled (CfaSession *self, CfaScheduled *scheduled) { }
