/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-private.h"

#include "write.h"

#include "app/features/conversations/conversation-private.h"

#define PAST_MAX 1000
/* Of those who wait, some sleep. */
#define WAITING_MAX 20

static void
add_write (CfaSession *self, CfaOutboxRow *row)
{
  g_autoptr (CfaOutboxRow) owned = row;

  if (self->sender != NULL)
    cfa_sender_add (self->sender, owned);
}

static void
add_text (CfaSession *self, CfaConversation *conversation, CfaOutboxRow *row)
{
  gboolean note = g_str_equal (row->method, "note.add");

  add_write (self, row);
  if (self->attention != NULL)
    cfa_attention_sent (self->attention, conversation, note);
}

/**
 * cfa_session_send_text:
 * @reply_to: (nullable): id of the message that it answers
 * @files: (nullable): ids of those that it brings
 *
 * When a colleague has written since what is shown here, it is refused, and waits as overtaken for cfa_session_send_anyway().
 */
void
cfa_session_send_text (CfaSession *self, CfaConversation *conversation, const char *text, const char *reply_to, const char *const *files)
{
  gint64 after = cfa_conversation_get_record (conversation)->last_position;
  CfaOutboxRow *row = cfa_write_new_text (NULL, cfa_conversation_get_id (conversation), text, FALSE, reply_to, NULL, files, after);

  if (self->undo_ms > 0)
    row->due = row->created_at + self->undo_ms;
  add_text (self, conversation, row);
}

/**
 * cfa_session_set_undo_send:
 * @seconds: how long an answer can be called back before it is sent; 0: not at all. Notes go at once: nobody but the team reads them, and they can be deleted.
 */
void
cfa_session_set_undo_send (CfaSession *self, guint seconds)
{
  self->undo_ms = (gint64) seconds * 1000;
}

/**
 * cfa_session_add_note:
 * @reply_to: (nullable): id of the message that it answers
 * @mentions: (nullable): ids of the agents whom it calls
 * @files: (nullable): ids of those that it brings
 */
void
cfa_session_add_note (CfaSession *self, CfaConversation *conversation, const char *text, const char *reply_to,
                      const char *const *mentions, const char *const *files)
{
  add_text (self, conversation,
            cfa_write_new_text (NULL, cfa_conversation_get_id (conversation), text, TRUE, reply_to, mentions, files, -1));
}

/**
 * cfa_session_send_anyway:
 * @message: one that a colleague's has overtaken; it is sent again, whatever has been written since
 */
void
cfa_session_send_anyway (CfaSession *self, CfaConversation *conversation, CfaMessage *message)
{
  if (self->sender == NULL)
    return;
  /* In this order: whenever the program ends, the words are in the outbox at least once. */
  add_write (self, cfa_write_new_text (NULL, cfa_conversation_get_id (conversation), cfa_message_get_text (message), FALSE,
                                       cfa_message_get_reply_to (message), NULL, cfa_message_get_files (message), -1));
  cfa_sender_discard (self->sender, cfa_message_get_id (message));
}

/* Above what is being written by now. */
static char *
joined (const char *text, const char *draft)
{
  return draft == NULL || *draft == '\0' ? g_strdup (text) : g_strconcat (text, "\n\n", draft, NULL);
}

/**
 * cfa_session_put_back:
 * @files: (nullable): ids of those that it was to bring
 * @note: whether they were words for the team alone
 *
 * Words that were not said come into the draft again, above what is in it. They are on their way to the disk when this returns.
 */
void
cfa_session_put_back (CfaSession *self, CfaConversation *conversation, const char *text, const char *const *files, gboolean note)
{
  const char *id = cfa_conversation_get_id (conversation);
  g_autofree char *draft = joined (text, cfa_conversation_get_draft (conversation, note));

  if (self->cache == NULL)
    return;
  cfa_cache_set_draft (self->cache, id, draft, note);
  cfa_session_set_draft (self, conversation, draft, note);
  if (files != NULL)
    cfa_session_attach_again (self, id, note, files);
}

/**
 * cfa_session_take_back:
 * @message: an own one that was refused, or that can still be called back
 *
 * Its words come into the draft again, and are not sent.
 *
 * Returns: FALSE when it is too late.
 */
gboolean
cfa_session_take_back (CfaSession *self, CfaConversation *conversation, CfaMessage *message)
{
  gboolean failed = cfa_message_get_state (message) == CFA_MESSAGE_FAILED;

  if (self->sender == NULL || (!failed && !cfa_sender_holds (self->sender, cfa_message_get_id (message))))
    return FALSE;
  cfa_session_put_back (self, conversation, cfa_message_get_text (message), cfa_message_get_files (message),
                        cfa_message_get_kind (message) == CF_MESSAGE_NOTE);
  if (failed)
    cfa_sender_discard (self->sender, cfa_message_get_id (message));
  else
    cfa_sender_recall (self->sender, cfa_message_get_id (message));
  return TRUE;
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

/**
 * cfa_session_assign_to_me:
 * What is nobody's is accepted: when a colleague is faster, "refused" says who.
 */
void
cfa_session_assign_to_me (CfaSession *self, CfaConversation *conversation)
{
  const char *id = cfa_conversation_get_id (conversation);

  if (cfa_conversation_get_assignee_id (conversation) == NULL)
    add_write (self, cfa_write_new_action ("conversation.accept", id));
  else
    add_write (self, cfa_write_new_assign (id, self->account->agent_id));
}

/**
 * cfa_session_transfer:
 * @agent_id: (nullable): to whom
 * @department_id: (nullable): or where to
 * @note: (nullable): words for who gets it
 */
void
cfa_session_transfer (CfaSession *self, CfaConversation *conversation, const char *agent_id, const char *department_id, const char *note)
{
  add_write (self, cfa_write_new_transfer (cfa_conversation_get_id (conversation), agent_id, department_id, note));
}

/**
 * cfa_session_escalate:
 * @escalated: FALSE ends it
 * @note: (nullable): words for the supervisors
 */
void
cfa_session_escalate (CfaSession *self, CfaConversation *conversation, gboolean escalated, const char *note)
{
  add_write (self, cfa_write_new_escalate (cfa_conversation_get_id (conversation), escalated, note));
}

/**
 * cfa_session_snooze:
 * @until: ms UTC; 0 wakes it
 */
void
cfa_session_snooze (CfaSession *self, CfaConversation *conversation, gint64 until)
{
  add_write (self, cfa_write_new_snooze (cfa_conversation_get_id (conversation), until));
}

/**
 * cfa_session_tag:
 * @tags: ids: all that it has from now on
 */
void
cfa_session_tag (CfaSession *self, CfaConversation *conversation, const char *const *tags)
{
  add_write (self, cfa_write_new_tag (cfa_conversation_get_id (conversation), tags));
}

/**
 * cfa_session_pin:
 * @message_id: (nullable): of a note; NULL = none any more
 */
void
cfa_session_pin (CfaSession *self, CfaConversation *conversation, const char *message_id)
{
  add_write (self, cfa_write_new_pin (cfa_conversation_get_id (conversation), message_id));
}

void
cfa_session_edit_message (CfaSession *self, CfaConversation *conversation, CfaMessage *message, const char *text)
{
  add_write (self, cfa_write_new_edit ("message.edit", cfa_conversation_get_id (conversation), cfa_message_get_id (message), text));
}

void
cfa_session_remove_message (CfaSession *self, CfaConversation *conversation, CfaMessage *message)
{
  add_write (self, cfa_write_new_remove ("message.remove", cfa_conversation_get_id (conversation), cfa_message_get_id (message)));
}

/**
 * cfa_session_set_viewing:
 * @conversation: (nullable): what the agent has before their eyes now; the team sees it
 */
void
cfa_session_set_viewing (CfaSession *self, CfaConversation *conversation)
{
  if (self->attention != NULL)
    cfa_attention_viewing (self->attention, conversation != NULL ? cfa_conversation_get_id (conversation) : NULL);
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
    cfa_attention_typing (self->attention, cfa_conversation_get_id (conversation), active);
}

/**
 * cfa_session_set_draft:
 * @text: (nullable): what stands in the composer; kept on disk within 300 ms
 * @note: whether it is a staff note, of which there is a draft besides that of the answer
 */
void
cfa_session_set_draft (CfaSession *self, CfaConversation *conversation, const char *text, gboolean note)
{
  if (self->attention != NULL)
    cfa_attention_draft (self->attention, conversation, text, note);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CfaSession *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (CfaInboxSlice) slice = cfa_cache_slice_finish (result, &error);
  GListStore *list;

  if (slice == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  list = g_list_store_new (CFA_TYPE_CONVERSATION);
  for (guint i = 0; i < slice->rows->len; i++)
    {
      g_autoptr (CfaConversation) conversation = cfa_conversations_take (self->conversations, g_steal_pointer (&slice->rows->pdata[i]), NULL);

      g_list_store_append (list, conversation);
    }
  g_task_return_pointer (task, list, g_object_unref);
}

/**
 * cfa_session_list_async:
 * @most: not more than these
 */
void
cfa_session_list_async (CfaSession *self, const char *folder, CfaOrder order, guint most, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  if (self->cache == NULL)
    g_task_return_pointer (task, g_list_store_new (CFA_TYPE_CONVERSATION), g_object_unref);
  else
    cfa_cache_slice_async (self->cache, folder, order, 0, most, on_listed, g_object_ref (task));
}

/**
 * cfa_session_list_finish:
 * Returns: (transfer full): a GListModel of CfaConversation, in their order.
 */
GListModel *
cfa_session_list_finish (CfaSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * cfa_session_open_visitor:
 * Returns: (transfer full) (nullable): who the conversation is with; NULL once the session has ended.
 */
CfaVisitor *
cfa_session_open_visitor (CfaSession *self, CfaConversation *conversation)
{
  const char *id = cfa_conversation_get_record (conversation)->visitor_id;
  g_autoptr (GPtrArray) writes = NULL;
  CfaVisitor *visitor;

  if (self->profiles == NULL || self->sender == NULL || id == NULL)
    return NULL;
  visitor = cfa_profiles_open (self->profiles, id);
  writes = cfa_sender_dup_rows (self->sender, cfa_visitor_get_id (visitor));
  cfa_visitor_set_writes (visitor, writes);
  return visitor;
}

/**
 * cfa_session_write_visitor:
 * @method: visitor.update, visitor.tag, visitor.untag or visitor.attribute
 * @params: what it takes
 */
void
cfa_session_write_visitor (CfaSession *self, CfaVisitor *visitor, const char *method, gconstpointer params)
{
  add_write (self, cfa_write_new_visitor (method, cfa_visitor_get_id (visitor), params));
}

static void
on_past (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GPtrArray *records = cfa_cache_array_finish (result, &error);

  if (records != NULL)
    g_task_return_pointer (task, records, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * cfa_session_past_async:
 * Looks for the visitor's conversations in the cache.
 */
void
cfa_session_past_async (CfaSession *self, CfaVisitor *visitor, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  if (self->cache == NULL)
    g_task_return_pointer (task, cf_structs_new (), (GDestroyNotify) g_ptr_array_unref);
  else
    cfa_cache_past_async (self->cache, cfa_visitor_get_id (visitor), PAST_MAX, on_past, g_object_ref (task));
}

/**
 * cfa_session_past_finish:
 * Returns: (transfer full): of CfConversation, the newest first.
 */
GPtrArray *
cfa_session_past_finish (CfaSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_row_found (GObject *source, GAsyncResult *result, gpointer data)
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
cfa_session_next_unread_async (CfaSession *self, const char *folder, CfaConversation *after,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  if (self->cache == NULL)
    g_task_return_pointer (task, NULL, NULL);
  else
    cfa_cache_next_unread_async (self->cache, folder, after != NULL ? cfa_conversation_get_id (after) : NULL,
                                 on_row_found, g_object_ref (task));
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

/* Where the search for somebody who waits stands. */
typedef struct
{
  char *id;     /* (nullable): the conversation that is open */
  gint64 after; /* who waits since later; 0: from the longest on */
} Waiting;

static void
waiting_free (gpointer data)
{
  g_free (((Waiting *) data)->id);
  g_free (data);
}

static void ask_waiting (CfaSession *self, GTask *task);

static void
on_waiting (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  CfaSession *self = g_task_get_source_object (task);
  Waiting *waiting = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = cfa_cache_array_finish (result, &error);

  if (rows == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < rows->len; i++)
    {
      CfaConversationRow *row = rows->pdata[i];

      if (row->record->snoozed_until > 0 || g_strcmp0 (row->record->parent.id, waiting->id) == 0)
        continue;
      g_task_return_pointer (task, cfa_conversations_take (self->conversations, g_steal_pointer (&rows->pdata[i]), NULL), g_object_unref);
      return;
    }
  if (waiting->after == 0 || self->cache == NULL)
    g_task_return_pointer (task, NULL, NULL);
  else
    {
      waiting->after = 0;
      ask_waiting (self, task);
    }
}

static void
ask_waiting (CfaSession *self, GTask *task)
{
  Waiting *waiting = g_task_get_task_data (task);

  cfa_cache_waiting_async (self->cache, waiting->after, G_MAXINT64, WAITING_MAX, on_waiting, g_object_ref (task));
}

/**
 * cfa_session_next_waiting_async:
 * @after: (nullable): the conversation that is open
 */
void
cfa_session_next_waiting_async (CfaSession *self, CfaConversation *after, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Waiting *waiting = g_new0 (Waiting, 1);

  waiting->id = after != NULL ? g_strdup (cfa_conversation_get_id (after)) : NULL;
  waiting->after = after != NULL ? cfa_conversation_get_waiting_since (after) : 0;
  g_task_set_task_data (task, waiting, waiting_free);
  if (self->cache == NULL)
    g_task_return_pointer (task, NULL, NULL);
  else
    ask_waiting (self, task);
}

/**
 * cfa_session_next_waiting_finish:
 * Returns: (transfer full) (nullable): NULL without @error when nobody else is waiting.
 */
CfaConversation *
cfa_session_next_waiting_finish (CfaSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * cfa_session_find_async:
 * @id: of a conversation, which need not be known here
 */
void
cfa_session_find_async (CfaSession *self, const char *id, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  if (self->cache == NULL)
    g_task_return_pointer (task, NULL, NULL);
  else
    cfa_cache_row_async (self->cache, id, on_row_found, g_object_ref (task));
}

/**
 * cfa_session_find_finish:
 * Returns: (transfer full) (nullable): the conversation; NULL without @error when it is not there, or not any more.
 */
CfaConversation *
cfa_session_find_finish (CfaSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

CfaRecordList *
cfa_session_get_records (CfaSession *self, const CfShape *shape)
{
  return cfa_records_get_list (self->records, shape);
}

CfPresenceState
cfa_session_get_agent_presence (CfaSession *self, const char *agent_id)
{
  return cfa_records_get_presence (self->records, agent_id);
}

/**
 * cfa_session_get_login_session_id:
 * Returns: (nullable): which of the agent's login sessions is the one of this program.
 */
const char *
cfa_session_get_login_session_id (CfaSession *self)
{
  return self->sync != NULL ? cfa_sync_get_session_id (self->sync) : NULL;
}

/**
 * cfa_session_call_async:
 * @params: (nullable): a CfStruct
 * @result: the shape of what the method answers
 */
void
cfa_session_call_async (CfaSession *self, const char *method, gconstpointer params, const CfShape *result,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  cfa_records_call (self->records, method, params, result, task);
}

/**
 * cfa_session_call_finish:
 * Returns: (transfer full): the answer; NULL with CF_ERROR when the server refused, with G_IO_ERROR when it could not be asked.
 */
gpointer
cfa_session_call_finish (CfaSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
