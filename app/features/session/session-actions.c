/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-private.h"

#include "write.h"

#define SEARCH_MAX 100

static void
add_write (CfaSession *self, CfaOutboxRow *row)
{
  g_autoptr (CfaOutboxRow) owned = row;

  if (self->sender != NULL)
    cfa_sender_add (self->sender, owned);
}

static void
add_text (CfaSession *self, CfaConversation *conversation, const char *text, gboolean note)
{
  add_write (self, cfa_write_new_text (cfa_conversation_get_id (conversation), text, note));
  if (self->attention != NULL)
    cfa_attention_sent (self->attention, conversation);
}

void
cfa_session_send_text (CfaSession *self, CfaConversation *conversation, const char *text)
{
  add_text (self, conversation, text, FALSE);
}

void
cfa_session_add_note (CfaSession *self, CfaConversation *conversation, const char *text)
{
  add_text (self, conversation, text, TRUE);
}

void
cfa_session_retry_message (CfaSession *self, CfaMessage *message)
{
  if (self->sender != NULL)
    cfa_sender_retry (self->sender, cfa_message_get_id (message));
}

void
cfa_session_discard_message (CfaSession *self, CfaMessage *message)
{
  if (self->sender != NULL)
    cfa_sender_discard (self->sender, cfa_message_get_id (message));
}

void
cfa_session_assign (CfaSession *self, CfaConversation *conversation, const char *agent_id)
{
  add_write (self, cfa_write_new_assign (cfa_conversation_get_id (conversation), agent_id));
}

void
cfa_session_assign_to_me (CfaSession *self, CfaConversation *conversation)
{
  cfa_session_assign (self, conversation, self->account->agent_id);
}

void
cfa_session_unassign (CfaSession *self, CfaConversation *conversation)
{
  add_write (self, cfa_write_new_action ("conversation.unassign", cfa_conversation_get_id (conversation)));
}

void
cfa_session_close (CfaSession *self, CfaConversation *conversation)
{
  add_write (self, cfa_write_new_action ("conversation.close", cfa_conversation_get_id (conversation)));
}

void
cfa_session_reopen (CfaSession *self, CfaConversation *conversation)
{
  add_write (self, cfa_write_new_action ("conversation.reopen", cfa_conversation_get_id (conversation)));
}

/**
 * cfa_session_mark_read:
 * To be called whenever the newest message is before the person's eyes; many calls make one write.
 */
void
cfa_session_mark_read (CfaSession *self, CfaConversation *conversation)
{
  if (self->attention != NULL)
    cfa_attention_read (self->attention, conversation);
}

/**
 * cfa_session_set_typing:
 * To be called at every change of the text; tells the others at most once a second.
 */
void
cfa_session_set_typing (CfaSession *self, CfaConversation *conversation, gboolean active)
{
  if (self->attention != NULL)
    cfa_attention_typing (self->attention, conversation, active);
}

/**
 * cfa_session_set_draft:
 * @text: (nullable): what stands in the composer; kept on disk within 300 ms
 * @note: whether it is a staff note
 */
void
cfa_session_set_draft (CfaSession *self, CfaConversation *conversation, const char *text, gboolean note)
{
  if (self->attention != NULL)
    cfa_attention_draft (self->attention, conversation, text, note);
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CfaSession *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = cfa_cache_array_finish (result, &error);
  GListStore *found;

  if (rows == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  found = g_list_store_new (CFA_TYPE_CONVERSATION);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (CfaConversation) conversation = cfa_conversations_take (self->conversations, g_steal_pointer (&rows->pdata[i]), NULL);

      g_list_store_append (found, conversation);
    }
  g_task_return_pointer (task, found, g_object_unref);
}

/**
 * cfa_session_search_async:
 * @text: as a person typed it
 */
void
cfa_session_search_async (CfaSession *self, const char *text, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (self->cache == NULL)
    g_task_return_pointer (task, g_list_store_new (CFA_TYPE_CONVERSATION), g_object_unref);
  else
    cfa_cache_search_async (self->cache, text, SEARCH_MAX, cancellable, on_searched, g_object_ref (task));
}

/**
 * cfa_session_search_finish:
 * Returns: (transfer full): a GListModel of CfaConversation, best first.
 */
GListModel *
cfa_session_search_finish (CfaSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_unread_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CfaSession *self = g_task_get_source_object (task);
  GError *error = NULL;
  CfaConversationRow *row = cfa_cache_row_finish (result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, row != NULL ? cfa_conversations_take (self->conversations, row, NULL) : NULL, g_object_unref);
}

/**
 * cfa_session_next_unread_async:
 * @after: (nullable): the conversation below which to look first; then from the top
 */
void
cfa_session_next_unread_async (CfaSession *self, CfaInbox inbox, CfaConversation *after,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  if (self->cache == NULL)
    g_task_return_pointer (task, NULL, NULL);
  else
    cfa_cache_next_unread_async (self->cache, inbox, after != NULL ? cfa_conversation_get_id (after) : NULL,
                                 on_unread_found, g_object_ref (task));
}

/**
 * cfa_session_next_unread_finish:
 * Returns: (transfer full) (nullable): an open conversation with unread messages; NULL without @error when there is no other.
 */
CfaConversation *
cfa_session_next_unread_finish (CfaSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
