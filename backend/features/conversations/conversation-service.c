/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation-service.h"

#include "backend/db/lookup.h"
#include "backend/features/accounts/account-service.h"
#include "backend/features/automation/firing-service.h"
#include "backend/features/files/file-service.h"
#include "backend/features/routing/routing-service.h"
#include "backend/features/sites/site-service.h"
#include "backend/features/visitors/visitor-service.h"
#include "backend/hub/online.h"
#include "conversation-form.h"
#include "conversation-steps.h"
#include "conversation-store.h"
#include "conversation.h"
#include "message-service.h"
#include "protocol/error.h"
#include "protocol/id.h"

/* Orders an event before the message that caused it: both have one position, and then the id decides. */
static char *
id_before (const char *message_id, gint64 steps)
{
  return cf_id_new_at (MAX (cf_id_time (message_id) - steps, 0));
}

/* What a text does to its conversation before it is written: @conversation has changed already. */
static gboolean
add_cause (CfdTx *tx, const CfdCaller *caller, const CfConversation *conversation, const CfdConversationLine *text, CfMessageEvent event,
           GPtrArray *touched, GError **error)
{
  g_autofree char *id = id_before (text->id, 1);
  CfdConversationLine line = { id, conversation->parent.id, CF_MESSAGE_EVENT, event };

  if (event == CF_MESSAGE_EVENT_ASSIGNED)
    {
      line.target_id = conversation->assignee_id;
      line.target_name = conversation->assignee_name;
    }
  return cfd_conversation_steps_add_event (tx, caller, conversation, &line, touched, error);
}

/* Before a text: a closed conversation opens again, an agent who answers takes what is nobody's, and a visitor's words wake what is snoozed. */
static gboolean
prepare_for_text (CfdTx *tx, const CfdCaller *caller, CfConversation *conversation, const CfdConversationLine *text, GPtrArray *touched,
                  GError **error)
{
  if (conversation->status == CF_CONVERSATION_CLOSED)
    {
      g_autofree char *reopened = id_before (text->id, 2);

      if (!cfd_conversation_steps_reopen (tx, caller, conversation, reopened, touched, error))
        return FALSE;
    }
  if (cfd_caller_is_agent (caller) && conversation->assignee_id == NULL)
    {
      cfd_conversation_assign (conversation, caller->id, caller->name);
      return add_cause (tx, caller, conversation, text, CF_MESSAGE_EVENT_ASSIGNED, touched, error);
    }
  if (!cfd_caller_is_staff (caller) && conversation->snoozed_until > 0)
    {
      conversation->snoozed_until = 0;
      return add_cause (tx, caller, conversation, text, CF_MESSAGE_EVENT_WOKEN, touched, error);
    }
  return TRUE;
}

static CfMessage *
new_words (CfdTx *tx, const CfdCaller *caller, const CfConversation *conversation, const CfdConversationLine *line, GError **error)
{
  gint64 position = cfd_tx_revision (tx, caller->organisation_id, error);
  CfMessage *message;

  if (position <= 0)
    return NULL;
  message = cfd_conversation_new_message (conversation, line->id, line->kind, caller, position, cfd_tx_now (tx));
  message->text = g_strdup (line->text);
  if (!cfd_sites_mask (tx, conversation->site_id, &message->text, error))
    {
      cf_struct_unref (message);
      return NULL;
    }
  message->reply_to = g_strdup (line->reply_to);
  if (line->files != NULL && line->files[0] != NULL)
    message->files = g_strdupv (line->files);
  return message;
}

/* What a visitor writes after others have, or as the first, may be the answer to a trigger, which may have named a department; then they may be asked something. */
static gboolean
answer (CfdTx *tx, const CfdCaller *caller, CfConversation *conversation, GError **error)
{
  g_autofree char *department_id = NULL;

  if (cfd_caller_is_staff (caller) || conversation->waiting_since > 0)
    return TRUE;
  if (!cfd_triggers_answered (tx, caller, &department_id, error))
    return FALSE;
  if (department_id != NULL && conversation->department_id == NULL && conversation->assignee_id == NULL)
    cfd_conversation_enter (conversation, department_id);
  return cfd_conversation_form_ask (tx, conversation, error);
}

static gboolean
add_text (CfdTx *tx, const CfdCaller *caller, CfConversation *conversation, const CfdConversationLine *line, GPtrArray *touched, GError **error)
{
  g_autoptr (CfMessage) message = new_words (tx, caller, conversation, line, error);

  if (message == NULL || !prepare_for_text (tx, caller, conversation, line, touched, error) || !answer (tx, caller, conversation, error))
    return FALSE;
  cfd_conversation_take_text (conversation, message);
  return cfd_conversation_steps_put (tx, touched, conversation, error) && cfd_conversation_steps_put (tx, touched, message, error)
         && cfd_routing_offer (tx, conversation, touched, error);
}

/* What is quoted must be there for whoever reads the message that quotes it. */
static gboolean
check_reply (CfdTx *tx, const CfdCaller *caller, const CfConversation *conversation, const CfdConversationLine *line, GError **error)
{
  g_autoptr (CfMessage) quoted = NULL;

  if (line->reply_to == NULL)
    return TRUE;
  quoted = cfd_conversation_steps_require_line (tx, caller, conversation, line->reply_to, error);
  if (quoted == NULL)
    return FALSE;
  if (line->kind == CF_MESSAGE_NOTE || cf_record_visible (CF_RECORD (quoted), CF_AUDIENCE_VISITOR))
    return TRUE;
  g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "reply_to: got what only the staff sees, expected something that the visitor can read too");
  return FALSE;
}

/* What goes along, which has been uploaded before; @touched gets it. */
static gboolean
take_files (CfdTx *tx, const CfdCaller *caller, const CfConversation *conversation, const CfMessageSendParams *params, gboolean staff_only,
            GPtrArray *touched, GError **error)
{
  g_autoptr (GPtrArray) files = NULL;

  if (params->files == NULL || params->files[0] == NULL)
    return TRUE;
  files = cfd_files_take (tx, caller, conversation, (const char *const *) params->files, staff_only, error);
  if (files == NULL)
    return FALSE;
  g_ptr_array_extend_and_steal (touched, g_steal_pointer (&files));
  return TRUE;
}

/* An agent who has not read what a colleague has just answered is told so instead of answering twice. */
static gboolean
check_unseen (CfdTx *tx, const CfdCaller *caller, const CfMessageSendParams *params, GError **error)
{
  g_autofree char *name = NULL;

  if (!cfd_caller_is_staff (caller) || !cf_struct_has (params, "after"))
    return TRUE;
  if (!cfd_conversation_store_colleague_after (tx, params->conversation_id, caller->id, params->after, &name, error))
    return FALSE;
  if (name == NULL)
    return TRUE;
  g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "%s has written meanwhile; read it, then send yours if it is still needed", name);
  return FALSE;
}

/* Whom the conversation is with: the caller, or the visitor on a page to whom an agent speaks first, whose first write this may be. */
static CfVisitor *
ensure_partner (CfdTx *tx, const CfdCaller *caller, const CfConversationStartParams *params, GError **error)
{
  g_autoptr (CfdCaller) there = NULL;

  if (!cfd_caller_is_staff (caller) && params->visitor_id != NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_FORBIDDEN, "visitor_id: a visitor speaks for themselves alone");
      return NULL;
    }
  if (!cfd_caller_is_staff (caller))
    return cfd_visitors_ensure (tx, caller, error);
  if (params->form != NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_FORBIDDEN, "form: a visitor answers for themselves");
      return NULL;
    }
  if (params->visitor_id == NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "visitor_id: missing, expected the visitor to speak to");
      return NULL;
    }
  there = cfd_online_find (caller->organisation_id, params->visitor_id);
  if (there != NULL && cfd_caller_sees (caller, there->site_id))
    return cfd_visitors_ensure (tx, there, error);
  g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "this visitor is on none of your pages any more");
  return NULL;
}

/* What an agent's call that came twice has made: they hear of the visitor too, whom the first one may have made. */
static GPtrArray *
repeat_of_agent (CfdTx *tx, const CfdCaller *caller, const CfConversationStartParams *params, GPtrArray *done, GError **error)
{
  g_autoptr (GPtrArray) records = done;
  CfVisitor *visitor = params->visitor_id != NULL ? cfd_visitors_get (tx, caller, params->visitor_id, error) : NULL;

  if (visitor == NULL)
    return params->visitor_id != NULL ? NULL : g_steal_pointer (&records);
  g_ptr_array_add (records, visitor);
  return g_steal_pointer (&records);
}

/* For other features whose words go into a conversation later. */
gboolean
cfd_conversations_mask (CfdTx *tx, const char *id, const char *text, char **out, GError **error)
{
  return cfd_conversation_steps_mask (tx, id, text, out, error);
}

/**
 * cfd_conversations_start:
 * A visitor's first words; this may be the visitor's own first write too. Or an agent's first words to a visitor who is on a page now.
 * While a conversation is open the words go into that one.
 */
GPtrArray *
cfd_conversations_start (CfdTx *tx, const CfdCaller *caller, const CfConversationStartParams *params, GError **error)
{
  const CfdConversationLine line = { params->message_id, NULL, CF_MESSAGE_TEXT, .text = params->text };
  g_autoptr (GPtrArray) touched = cf_structs_new ();
  g_autoptr (CfVisitor) visitor = NULL;
  g_autoptr (CfConversation) conversation = NULL;
  g_autoptr (CfConversation) taken = NULL;
  g_autoptr (CfdCaller) author = NULL;
  gboolean staff = cfd_caller_is_staff (caller);
  GPtrArray *done = NULL;

  /* An agent's repeat is answered also when the visitor has left since. */
  if (staff && !cfd_conversation_steps_find_repeat (tx, caller, &line, &done, error))
    return NULL;
  if (done != NULL)
    return repeat_of_agent (tx, caller, params, done, error);
  visitor = ensure_partner (tx, caller, params, error);
  if (visitor == NULL || (!staff && !cfd_conversation_steps_find_repeat (tx, caller, &line, &done, error)))
    return NULL;
  if (done != NULL)
    {
      g_ptr_array_add (done, g_steal_pointer (&visitor));
      return done;
    }
  if (!cfd_conversation_store_open_of_visitor (tx, visitor->parent.id, &conversation, error)
      || !cfd_tx_lookup (tx, &cf_conversation_shape, params->id, &taken, error))
    return NULL;
  if (taken != NULL && g_strcmp0 (taken->visitor_id, visitor->parent.id) != 0)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "id: is another conversation's");
      return NULL;
    }
  if (conversation == NULL)
    conversation = g_steal_pointer (&taken);
  if (conversation == NULL)
    {
      if (!staff && !cfd_sites_take_new (tx, visitor->site_id, error))
        return NULL;
      conversation = cf_struct_new (&cf_conversation_shape);
      conversation->parent.id = g_strdup (params->id);
      conversation->parent.organisation_id = g_strdup (caller->organisation_id);
      conversation->site_id = g_strdup (visitor->site_id);
      conversation->visitor_id = g_strdup (visitor->parent.id);
      conversation->created_at = cfd_tx_now (tx);
      if (!staff && !cfd_sites_is_closed (tx, visitor->site_id, &conversation->away, error))
        return NULL;
      if (!staff && !cfd_conversation_form_take (tx, params->form, visitor, conversation, error))
        return NULL;
      /* A first copy leaves out visitors without a conversation: who has made one meanwhile must hear of this one now. */
      if (!cfd_tx_put (tx, visitor, error) || !cfd_visitors_touch (tx, visitor, error))
        return NULL;
    }
  /* They may have told their name just before. */
  author = cfd_caller_copy (caller);
  if (!staff)
    {
      g_free (author->name);
      author->name = g_strdup (visitor->name);
    }
  g_ptr_array_add (touched, g_steal_pointer (&visitor));
  if (!add_text (tx, author, conversation, &line, touched, error))
    return NULL;
  return g_steal_pointer (&touched);
}

/**
 * cfd_conversations_send:
 * A public text by either side.
 */
GPtrArray *
cfd_conversations_send (CfdTx *tx, const CfdCaller *caller, const CfMessageSendParams *params, GError **error)
{
  const CfdConversationLine line = { params->id, params->conversation_id, CF_MESSAGE_TEXT, .text = params->text, .reply_to = params->reply_to,
                                     .files = params->files };
  g_autoptr (GPtrArray) touched = NULL;
  g_autoptr (CfConversation) conversation = NULL;

  if (!cfd_conversation_steps_find_repeat (tx, caller, &line, &touched, error))
    return NULL;
  if (touched != NULL)
    return g_steal_pointer (&touched);
  if (params->mentions != NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "mentions: got some in a text, expected them in a note only");
      return NULL;
    }
  conversation = cfd_conversation_steps_require (tx, caller, params->conversation_id, error);
  touched = cf_structs_new ();
  if (conversation == NULL || !check_reply (tx, caller, conversation, &line, error) || !check_unseen (tx, caller, params, error)
      || !take_files (tx, caller, conversation, params, FALSE, touched, error) || !add_text (tx, caller, conversation, &line, touched, error))
    return NULL;
  return g_steal_pointer (&touched);
}

/**
 * cfd_conversations_note:
 * Words among the staff. They leave the conversation itself untouched, so that nothing of them can be seen from the visitor's side.
 */
GPtrArray *
cfd_conversations_note (CfdTx *tx, const CfdCaller *caller, const CfMessageSendParams *params, GError **error)
{
  const CfdConversationLine line = { params->id, params->conversation_id, CF_MESSAGE_NOTE, .text = params->text, .reply_to = params->reply_to,
                                     .files = params->files };
  g_autoptr (GPtrArray) touched = NULL;
  g_autoptr (CfConversation) conversation = NULL;
  g_autoptr (CfMessage) message = NULL;

  if (!cfd_conversation_steps_find_repeat (tx, caller, &line, &touched, error))
    return NULL;
  if (touched != NULL)
    return g_steal_pointer (&touched);
  conversation = cfd_conversation_steps_require (tx, caller, params->conversation_id, error);
  if (conversation == NULL || !check_reply (tx, caller, conversation, &line, error) || !cfd_messages_check_mentions (tx, caller, params->mentions, error))
    return NULL;
  touched = cf_structs_new ();
  message = new_words (tx, caller, conversation, &line, error);
  if (message == NULL || !take_files (tx, caller, conversation, params, TRUE, touched, error))
    return NULL;
  if (params->mentions != NULL && params->mentions[0] != NULL)
    message->mentions = g_strdupv (params->mentions);
  return cfd_conversation_steps_put (tx, touched, message, error) ? g_steal_pointer (&touched) : NULL;
}

/**
 * cfd_conversations_open_of:
 * @conversation: (out) (transfer full) (nullable): the one that is open with that visitor
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_conversations_open_of (CfdTx *tx, const char *visitor_id, CfConversation **conversation, GError **error)
{
  return cfd_conversation_store_open_of_visitor (tx, visitor_id, conversation, error);
}

/**
 * cfd_conversations_last_of:
 * @since: ms UTC
 * @conversation: (out) (transfer full) (nullable): in which that visitor and the team said something last, after @since
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_conversations_last_of (CfdTx *tx, const char *visitor_id, gint64 since, CfConversation **conversation, GError **error)
{
  return cfd_conversation_store_last_of_visitor (tx, visitor_id, since, conversation, error);
}

/**
 * cfd_conversations_read:
 * Moves the caller's read mark forward, onto the last text at or before the given position; never back.
 */
GPtrArray *
cfd_conversations_read (CfdTx *tx, const CfdCaller *caller, const CfConversationReadParams *params, GError **error)
{
  g_autoptr (GPtrArray) touched = cf_structs_new ();
  g_autoptr (CfConversation) conversation = cfd_conversation_steps_require (tx, caller, params->conversation_id, error);
  g_autoptr (CfReadMark) mark = NULL;
  gint64 position;

  if (conversation == NULL)
    return NULL;
  position = cfd_conversation_store_text_position (tx, conversation->parent.id, params->position, error);
  if (position < 0 || !cfd_conversation_store_read_mark (tx, conversation->parent.id, caller->id, &mark, error))
    return NULL;
  if (position == 0 || (mark != NULL && mark->position >= position))
    {
      if (mark != NULL)
        g_ptr_array_add (touched, g_steal_pointer (&mark));
      return g_steal_pointer (&touched);
    }
  if (mark == NULL)
    {
      mark = cf_struct_new (&cf_read_mark_shape);
      mark->parent.id = cf_id_new ();
      mark->parent.organisation_id = g_strdup (caller->organisation_id);
      mark->conversation_id = g_strdup (conversation->parent.id);
      mark->visitor_id = g_strdup (conversation->visitor_id);
      mark->reader_kind = cfd_caller_is_staff (caller) ? CF_AUTHOR_AGENT : CF_AUTHOR_VISITOR;
      mark->reader_id = g_strdup (caller->id);
    }
  mark->position = position;
  mark->read_at = cfd_tx_now (tx);
  if (!cfd_conversation_steps_put (tx, touched, mark, error))
    return NULL;
  return g_steal_pointer (&touched);
}
