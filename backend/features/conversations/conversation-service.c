/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation-service.h"

#include "backend/db/lookup.h"
#include "backend/features/accounts/account-service.h"
#include "backend/features/routing/routing-service.h"
#include "backend/features/visitors/visitor-service.h"
#include "conversation-store.h"
#include "conversation.h"
#include "protocol/error.h"
#include "protocol/id.h"

typedef void (*Change) (CfConversation *conversation, gint64 now);

/* Somebody else's conversation does not exist. */
static CfConversation *
require (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error)
{
  g_autoptr (CfConversation) conversation = cfd_tx_require (tx, &cf_conversation_shape, caller->organisation_id, id, error);

  if (conversation == NULL)
    return NULL;
  if (!cfd_caller_is_staff (caller) && g_strcmp0 (conversation->visitor_id, caller->id) != 0)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no such conversation");
      return NULL;
    }
  return g_steal_pointer (&conversation);
}

static gboolean
put (CfdTx *tx, GPtrArray *touched, gpointer record, GError **error)
{
  if (!cfd_tx_put (tx, record, error))
    return FALSE;
  g_ptr_array_add (touched, cf_struct_ref (record));
  return TRUE;
}

/* Orders an event before the message that caused it: both have one position, and then the id decides. */
static char *
id_before (const char *message_id, gint64 steps)
{
  return cf_id_new_at (MAX (cf_id_time (message_id) - steps, 0));
}

/* Whether a write with this message id was carried out before. TRUE with @done set: answer with that; FALSE: an error. */
static gboolean
find_repeat (CfdTx *tx, const CfdCaller *caller, const char *message_id, const char *conversation_id, CfMessageKind kind,
             CfMessageEvent event, const char *text, GPtrArray **done, GError **error)
{
  g_autoptr (CfMessage) message = NULL;
  g_autoptr (CfConversation) conversation = NULL;

  *done = NULL;
  if (!cfd_tx_lookup (tx, &cf_message_shape, message_id, &message, error))
    return FALSE;
  if (message == NULL)
    return TRUE;
  if (g_strcmp0 (message->parent.organisation_id, caller->organisation_id) != 0 || g_strcmp0 (message->author_id, caller->id) != 0
      || (conversation_id != NULL && g_strcmp0 (message->conversation_id, conversation_id) != 0)
      || message->kind != kind || message->event != event || g_strcmp0 (message->text, text) != 0)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "id: was used before, for another message");
      return FALSE;
    }
  conversation = cfd_tx_get (tx, error, &cf_conversation_shape, message->conversation_id);
  if (conversation == NULL)
    return FALSE;
  *done = cf_structs_new ();
  g_ptr_array_add (*done, g_steal_pointer (&conversation));
  g_ptr_array_add (*done, g_steal_pointer (&message));
  return TRUE;
}

static gboolean
add_event (CfdTx *tx, const CfdCaller *caller, const CfConversation *conversation, const char *id, CfMessageEvent event,
           GPtrArray *touched, GError **error)
{
  gint64 position = cfd_tx_revision (tx, caller->organisation_id, error);
  g_autoptr (CfMessage) message = NULL;

  if (position <= 0)
    return FALSE;
  message = cfd_conversation_new_event (conversation, id, event, caller, position, cfd_tx_now (tx));
  if (event == CF_MESSAGE_EVENT_ASSIGNED)
    {
      message->target_id = g_strdup (conversation->assignee_id);
      message->target_name = g_strdup (conversation->assignee_name);
    }
  return put (tx, touched, message, error);
}

/* A conversation that comes back may be one that a client has never had: its visitor goes along. */
static gboolean
reopen (CfdTx *tx, const CfdCaller *caller, CfConversation *conversation, const char *event_id, GPtrArray *touched, GError **error)
{
  g_autoptr (CfVisitor) visitor = cfd_visitors_get (tx, caller->organisation_id, conversation->visitor_id, error);

  if (visitor == NULL || !put (tx, touched, visitor, error))
    return FALSE;
  cfd_conversation_reopen (conversation);
  return add_event (tx, caller, conversation, event_id, CF_MESSAGE_EVENT_REOPENED, touched, error);
}

/* Before a text: a closed conversation opens again, and an agent who answers takes what is nobody's. */
static gboolean
prepare_for_text (CfdTx *tx, const CfdCaller *caller, CfConversation *conversation, const char *message_id, GPtrArray *touched,
                  GError **error)
{
  if (conversation->status == CF_CONVERSATION_CLOSED)
    {
      g_autofree char *reopened = id_before (message_id, 2);

      if (!reopen (tx, caller, conversation, reopened, touched, error))
        return FALSE;
    }
  if (conversation->assignee_id == NULL && cfd_caller_is_staff (caller))
    {
      g_autofree char *assigned = id_before (message_id, 1);

      cfd_conversation_assign (conversation, caller->id, caller->name);
      return add_event (tx, caller, conversation, assigned, CF_MESSAGE_EVENT_ASSIGNED, touched, error);
    }
  return TRUE;
}

static gboolean
add_text (CfdTx *tx, const CfdCaller *caller, CfConversation *conversation, const char *id, const char *text, GPtrArray *touched,
          GError **error)
{
  gint64 position = cfd_tx_revision (tx, caller->organisation_id, error);
  g_autoptr (CfMessage) message = NULL;

  if (position <= 0 || !prepare_for_text (tx, caller, conversation, id, touched, error))
    return FALSE;
  message = cfd_conversation_new_message (conversation, id, CF_MESSAGE_TEXT, caller, position, cfd_tx_now (tx));
  message->text = g_strdup (text);
  cfd_conversation_take_text (conversation, message);
  return put (tx, touched, conversation, error) && put (tx, touched, message, error) && cfd_routing_offer (tx, conversation, touched, error);
}

/* close, reopen, unassign: one change, one event; nothing when it is so already. */
static GPtrArray *
act (CfdTx *tx, const CfdCaller *caller, const CfConversationActionParams *params, CfMessageEvent event, GError **error)
{
  g_autoptr (GPtrArray) touched = cf_structs_new ();
  g_autoptr (CfConversation) conversation = NULL;
  GPtrArray *done;
  gboolean already, good;

  if (!find_repeat (tx, caller, params->event_id, params->id, CF_MESSAGE_EVENT, event, NULL, &done, error))
    return NULL;
  if (done != NULL)
    return done;
  conversation = require (tx, caller, params->id, error);
  if (conversation == NULL)
    return NULL;
  already = event == CF_MESSAGE_EVENT_CLOSED     ? conversation->status == CF_CONVERSATION_CLOSED
            : event == CF_MESSAGE_EVENT_REOPENED ? conversation->status == CF_CONVERSATION_OPEN
                                                 : conversation->assignee_id == NULL;
  if (already)
    {
      g_ptr_array_add (touched, g_steal_pointer (&conversation));
      return g_steal_pointer (&touched);
    }
  if (event == CF_MESSAGE_EVENT_REOPENED)
    good = reopen (tx, caller, conversation, params->event_id, touched, error);
  else
    {
      if (event == CF_MESSAGE_EVENT_CLOSED)
        cfd_conversation_close (conversation, cfd_tx_now (tx));
      else
        cfd_conversation_assign (conversation, NULL, NULL);
      good = add_event (tx, caller, conversation, params->event_id, event, touched, error);
    }
  if (!good || !put (tx, touched, conversation, error))
    return NULL;
  return g_steal_pointer (&touched);
}

/**
 * cfd_conversations_start:
 * A visitor's first words; this may be the visitor's own first write too. While a conversation is open the words go into that one.
 */
GPtrArray *
cfd_conversations_start (CfdTx *tx, const CfdCaller *caller, const CfConversationStartParams *params, GError **error)
{
  g_autoptr (GPtrArray) touched = cf_structs_new ();
  g_autoptr (CfVisitor) visitor = cfd_visitors_ensure (tx, caller, error);
  g_autoptr (CfConversation) conversation = NULL;
  g_autoptr (CfConversation) taken = NULL;
  g_autoptr (CfdCaller) author = NULL;
  GPtrArray *done;

  if (visitor == NULL
      || !find_repeat (tx, caller, params->message_id, NULL, CF_MESSAGE_TEXT, CF_MESSAGE_EVENT_NONE, params->text, &done, error))
    return NULL;
  if (done != NULL)
    {
      g_ptr_array_add (done, g_steal_pointer (&visitor));
      return done;
    }
  if (!cfd_conversation_store_open_of_visitor (tx, caller->id, &conversation, error)
      || !cfd_tx_lookup (tx, &cf_conversation_shape, params->id, &taken, error))
    return NULL;
  if (taken != NULL && g_strcmp0 (taken->visitor_id, caller->id) != 0)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "id: is another conversation's");
      return NULL;
    }
  if (conversation == NULL)
    conversation = g_steal_pointer (&taken);
  if (conversation == NULL)
    {
      conversation = cf_struct_new (&cf_conversation_shape);
      conversation->parent.id = g_strdup (params->id);
      conversation->parent.organisation_id = g_strdup (caller->organisation_id);
      conversation->site_id = g_strdup (caller->site_id);
      conversation->visitor_id = g_strdup (caller->id);
      conversation->created_at = cfd_tx_now (tx);
      /* A first copy leaves out visitors without a conversation: who has made one meanwhile must hear of this one now. */
      if (!cfd_tx_put (tx, visitor, error))
        return NULL;
    }
  /* They may have told their name just before. */
  author = cfd_caller_copy (caller);
  g_free (author->name);
  author->name = g_strdup (visitor->name);
  g_ptr_array_add (touched, g_steal_pointer (&visitor));
  if (!add_text (tx, author, conversation, params->message_id, params->text, touched, error))
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
  g_autoptr (GPtrArray) touched = cf_structs_new ();
  g_autoptr (CfConversation) conversation = NULL;
  GPtrArray *done;

  if (!find_repeat (tx, caller, params->id, params->conversation_id, CF_MESSAGE_TEXT, CF_MESSAGE_EVENT_NONE, params->text, &done, error))
    return NULL;
  if (done != NULL)
    return done;
  conversation = require (tx, caller, params->conversation_id, error);
  if (conversation == NULL || !add_text (tx, caller, conversation, params->id, params->text, touched, error))
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
  g_autoptr (GPtrArray) touched = cf_structs_new ();
  g_autoptr (CfConversation) conversation = NULL;
  g_autoptr (CfMessage) message = NULL;
  GPtrArray *done;
  gint64 position;

  if (!find_repeat (tx, caller, params->id, params->conversation_id, CF_MESSAGE_NOTE, CF_MESSAGE_EVENT_NONE, params->text, &done, error))
    return NULL;
  if (done != NULL)
    return done;
  conversation = require (tx, caller, params->conversation_id, error);
  position = conversation != NULL ? cfd_tx_revision (tx, caller->organisation_id, error) : 0;
  if (position <= 0)
    return NULL;
  message = cfd_conversation_new_message (conversation, params->id, CF_MESSAGE_NOTE, caller, position, cfd_tx_now (tx));
  message->text = g_strdup (params->text);
  if (!put (tx, touched, message, error))
    return NULL;
  return g_steal_pointer (&touched);
}

/**
 * cfd_conversations_assign:
 * To an agent of the team who can sign in.
 */
GPtrArray *
cfd_conversations_assign (CfdTx *tx, const CfdCaller *caller, const CfConversationAssignParams *params, GError **error)
{
  g_autoptr (GPtrArray) touched = cf_structs_new ();
  g_autoptr (CfConversation) conversation = NULL;
  g_autoptr (CfAgent) agent = NULL;
  GPtrArray *done;

  if (!find_repeat (tx, caller, params->event_id, params->id, CF_MESSAGE_EVENT, CF_MESSAGE_EVENT_ASSIGNED, NULL, &done, error))
    return NULL;
  if (done != NULL)
    return done;
  conversation = require (tx, caller, params->id, error);
  agent = conversation != NULL ? cfd_accounts_get_agent (tx, caller->organisation_id, params->agent_id, error) : NULL;
  if (agent == NULL)
    return NULL;
  if (agent->disabled)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "%s's account is switched off; choose another agent", agent->name);
      return NULL;
    }
  if (g_strcmp0 (conversation->assignee_id, agent->parent.id) == 0)
    {
      g_ptr_array_add (touched, g_steal_pointer (&conversation));
      return g_steal_pointer (&touched);
    }
  cfd_conversation_assign (conversation, agent->parent.id, agent->name);
  if (!add_event (tx, caller, conversation, params->event_id, CF_MESSAGE_EVENT_ASSIGNED, touched, error)
      || !put (tx, touched, conversation, error))
    return NULL;
  return g_steal_pointer (&touched);
}

GPtrArray *
cfd_conversations_unassign (CfdTx *tx, const CfdCaller *caller, const CfConversationActionParams *params, GError **error)
{
  return act (tx, caller, params, CF_MESSAGE_EVENT_UNASSIGNED, error);
}

GPtrArray *
cfd_conversations_close (CfdTx *tx, const CfdCaller *caller, const CfConversationActionParams *params, GError **error)
{
  return act (tx, caller, params, CF_MESSAGE_EVENT_CLOSED, error);
}

GPtrArray *
cfd_conversations_reopen (CfdTx *tx, const CfdCaller *caller, const CfConversationActionParams *params, GError **error)
{
  return act (tx, caller, params, CF_MESSAGE_EVENT_REOPENED, error);
}

/**
 * cfd_conversations_read:
 * Moves the caller's read mark forward, onto the last text at or before the given position; never back.
 */
GPtrArray *
cfd_conversations_read (CfdTx *tx, const CfdCaller *caller, const CfConversationReadParams *params, GError **error)
{
  g_autoptr (GPtrArray) touched = cf_structs_new ();
  g_autoptr (CfConversation) conversation = require (tx, caller, params->conversation_id, error);
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
  if (!put (tx, touched, mark, error))
    return NULL;
  return g_steal_pointer (&touched);
}
