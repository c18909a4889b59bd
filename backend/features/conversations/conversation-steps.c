/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation-steps.h"

#include "backend/card-mask.h"
#include "backend/db/lookup.h"
#include "backend/features/accounts/account-service.h"
#include "backend/features/sites/site-service.h"
#include "backend/features/visitors/visitor-service.h"
#include "backend/rpc/reach.h"
#include "conversation.h"
#include "protocol/error.h"

/* Numbers of payment cards may have been taken out when it was stored. */
static gboolean
says (const CfMessage *message, const char *text)
{
  g_autofree char *masked = NULL;

  if (g_strcmp0 (message->text, text) == 0)
    return TRUE;
  masked = cfd_card_mask (text);
  return masked != NULL && g_strcmp0 (message->text, masked) == 0;
}

/* Whether @message is what a call with @line made, by the same person. Words that were changed since say nothing of that. */
static gboolean
is_repeat (const CfMessage *message, const CfdCaller *caller, const CfdConversationLine *line)
{
  gboolean changed = message->edited_at > 0 || message->removed_at > 0;

  return g_strcmp0 (message->parent.organisation_id, caller->organisation_id) == 0
         && g_strcmp0 (message->author_id, caller->id) == 0
         && (line->conversation_id == NULL || g_strcmp0 (message->conversation_id, line->conversation_id) == 0)
         && message->kind == line->kind
         && message->event == line->event
         && g_strcmp0 (message->target_id, line->target_id) == 0
         && g_strcmp0 (message->reply_to, line->reply_to) == 0
         && (changed || says (message, line->text));
}

/**
 * cfd_conversation_steps_require:
 * Returns: (transfer full): the conversation, if the caller may know of it. Somebody else's does not exist.
 */
CfConversation *
cfd_conversation_steps_require (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error)
{
  g_autoptr (CfConversation) conversation = cfd_reach_require (tx, caller, &cf_conversation_shape, id, error);

  if (conversation == NULL)
    return NULL;
  if (!cfd_caller_is_staff (caller) && g_strcmp0 (conversation->visitor_id, caller->id) != 0)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no such conversation");
      return NULL;
    }
  return g_steal_pointer (&conversation);
}

/**
 * cfd_conversation_steps_mask:
 * @text: (nullable): as it was written
 * @out: (out): as it is stored: without the numbers of payment cards, unless the site keeps them
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_conversation_steps_mask (CfdTx *tx, const char *conversation_id, const char *text, char **out, GError **error)
{
  g_autofree char *masked = cfd_card_mask (text);
  g_autoptr (CfConversation) conversation = NULL;

  *out = g_strdup (text);
  if (masked == NULL || (cfd_tx_lookup (tx, &cf_conversation_shape, conversation_id, &conversation, error)
                         && cfd_sites_mask (tx, conversation != NULL ? conversation->site_id : NULL, out, error)))
    return TRUE;
  g_clear_pointer (out, g_free);
  return FALSE;
}

/**
 * cfd_conversation_steps_require_line:
 * Returns: (transfer full): the message of that conversation, if the caller may see it.
 */
CfMessage *
cfd_conversation_steps_require_line (CfdTx *tx, const CfdCaller *caller, const CfConversation *conversation, const char *id, GError **error)
{
  g_autoptr (CfMessage) message = cfd_reach_require (tx, caller, &cf_message_shape, id, error);

  if (message == NULL)
    return NULL;
  if (g_strcmp0 (message->conversation_id, conversation->parent.id) != 0
      || !cf_record_visible (CF_RECORD (message), cfd_caller_get_audience (caller)))
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no such message");
      return NULL;
    }
  return g_steal_pointer (&message);
}

/**
 * cfd_conversation_steps_require_agent:
 * Returns: (transfer full): an agent of the caller's team who can sign in and sees the conversation, so that it can be given to them.
 */
CfAgent *
cfd_conversation_steps_require_agent (CfdTx *tx, const CfdCaller *caller, const CfConversation *conversation, const char *id, GError **error)
{
  g_autoptr (CfAgent) agent = cfd_accounts_get_active (tx, caller->organisation_id, id, error);

  if (agent == NULL || cf_agent_sees (agent, conversation->site_id))
    return g_steal_pointer (&agent);
  g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "%s does not serve the site of this conversation; choose another agent", agent->name);
  return NULL;
}

/**
 * cfd_conversation_steps_put:
 * @touched: (inout): of records: what the call answers with
 */
gboolean
cfd_conversation_steps_put (CfdTx *tx, GPtrArray *touched, gpointer record, GError **error)
{
  if (!cfd_tx_put (tx, record, error))
    return FALSE;
  g_ptr_array_add (touched, cf_struct_ref (record));
  return TRUE;
}

/**
 * cfd_conversation_steps_find_repeat:
 * @done: (out) (nullable) (transfer full): when the call was carried out before, what to answer with
 *
 * Looks for a message with the id of @line. Returns: FALSE with an error, which is CF_ERROR_CONFLICT when the id belongs to something else.
 */
gboolean
cfd_conversation_steps_find_repeat (CfdTx *tx, const CfdCaller *caller, const CfdConversationLine *line, GPtrArray **done, GError **error)
{
  g_autoptr (CfMessage) message = NULL;
  g_autoptr (CfConversation) conversation = NULL;

  *done = NULL;
  if (!cfd_tx_lookup (tx, &cf_message_shape, line->id, &message, error))
    return FALSE;
  if (message == NULL)
    return TRUE;
  if (!is_repeat (message, caller, line))
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "id: was used before, for another message");
      return FALSE;
    }
  conversation = cfd_tx_get (tx, error, &cf_conversation_shape, message->conversation_id);
  if (conversation == NULL)
    return FALSE;
  if (!cfd_caller_sees (caller, conversation->site_id))
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no such conversation");
      return FALSE;
    }
  *done = cf_structs_new ();
  g_ptr_array_add (*done, g_steal_pointer (&conversation));
  g_ptr_array_add (*done, g_steal_pointer (&message));
  return TRUE;
}

/**
 * cfd_conversation_steps_add_event:
 * @author: (nullable): NULL when it came about by itself
 * @line: the event's id, word and target
 */
gboolean
cfd_conversation_steps_add_event (CfdTx *tx, const CfdCaller *author, const CfConversation *conversation, const CfdConversationLine *line,
                                  GPtrArray *touched, GError **error)
{
  gint64 position = cfd_tx_revision (tx, conversation->parent.organisation_id, error);
  g_autoptr (CfMessage) message = NULL;

  if (position <= 0)
    return FALSE;
  message = cfd_conversation_new_event (conversation, line->id, line->event, author, position, cfd_tx_now (tx));
  message->target_id = g_strdup (line->target_id);
  message->target_name = g_strdup (line->target_name);
  return cfd_conversation_steps_put (tx, touched, message, error);
}

/**
 * cfd_conversation_steps_reopen:
 * Opens @conversation and says so; to be put by the caller. It may be one that a client has never had: its visitor goes along.
 */
gboolean
cfd_conversation_steps_reopen (CfdTx *tx, const CfdCaller *caller, CfConversation *conversation, const char *event_id, GPtrArray *touched,
                               GError **error)
{
  const CfdConversationLine event = { event_id, conversation->parent.id, CF_MESSAGE_EVENT, CF_MESSAGE_EVENT_REOPENED };
  g_autoptr (CfVisitor) visitor = cfd_visitors_get (tx, caller, conversation->visitor_id, error);

  if (visitor == NULL || !cfd_conversation_steps_put (tx, touched, visitor, error))
    return FALSE;
  cfd_conversation_reopen (conversation);
  return cfd_conversation_steps_add_event (tx, caller, conversation, &event, touched, error);
}

/**
 * cfd_conversation_steps_unchanged:
 * @record: (transfer full): what the call was about
 *
 * Returns: (transfer full): the answer to a call that asks for what is so already.
 */
GPtrArray *
cfd_conversation_steps_unchanged (gpointer record)
{
  GPtrArray *records = cf_structs_new ();

  g_ptr_array_add (records, record);
  return records;
}
