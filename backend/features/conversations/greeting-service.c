/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "greeting-service.h"

#include "backend/features/sites/site-service.h"
#include "backend/features/visitors/visitor-service.h"
#include "conversation-store.h"
#include "conversation.h"
#include "protocol/id.h"

/* Who has made one meanwhile must hear of the visitor now: a first copy leaves out those without a conversation. */
static CfConversation *
begin (CfdTx *tx, CfVisitor *visitor, GError **error)
{
  g_autoptr (CfConversation) conversation = NULL;

  if (!cfd_sites_take_new (tx, visitor->site_id, error) || !cfd_tx_put (tx, visitor, error) || !cfd_visitors_touch (tx, visitor, error))
    return NULL;
  conversation = cf_struct_new (&cf_conversation_shape);
  conversation->parent.id = cf_id_new ();
  conversation->parent.organisation_id = g_strdup (visitor->parent.organisation_id);
  conversation->site_id = g_strdup (visitor->site_id);
  conversation->visitor_id = g_strdup (visitor->parent.id);
  conversation->created_at = cfd_tx_now (tx);
  return g_steal_pointer (&conversation);
}

/* In the name of an agent, who need not be there and is not given the conversation by it. */
static gboolean
say (CfdTx *tx, CfConversation *conversation, const CfdGreeting *greeting, gint64 position, GError **error)
{
  g_autofree char *id = cf_id_new ();
  g_autoptr (CfMessage) message = NULL;

  if (greeting->text == NULL)
    return TRUE;
  message = cfd_conversation_new_message (conversation, id, CF_MESSAGE_TEXT, NULL, position, cfd_tx_now (tx));
  message->author_kind = CF_AUTHOR_AGENT;
  message->author_id = g_strdup (greeting->agent_id);
  message->author_name = g_strdup (greeting->name);
  message->text = g_strdup (greeting->text);
  cfd_conversation_take_text (conversation, message);
  return cfd_tx_put (tx, message, error);
}

static gboolean
note (CfdTx *tx, const CfConversation *conversation, const CfdGreeting *greeting, gint64 position, GError **error)
{
  g_autofree char *id = cf_id_new ();
  g_autoptr (CfMessage) message = NULL;

  if (greeting->note == NULL)
    return TRUE;
  message = cfd_conversation_new_message (conversation, id, CF_MESSAGE_NOTE, NULL, position, cfd_tx_now (tx));
  message->text = g_strdup (greeting->note);
  message->mentions = greeting->mentions != NULL && greeting->mentions[0] != NULL ? g_strdupv (greeting->mentions) : NULL;
  return cfd_tx_put (tx, message, error);
}

/**
 * cfd_conversations_greet:
 * Speaks to a visitor, whose first write this may be, and calls agents, in the conversation that is open with them or, with a text, in a new one. Nobody waits for
 * an answer by it, so it is in no department, and given to nobody, before the visitor has written.
 */
gboolean
cfd_conversations_greet (CfdTx *tx, const CfdCaller *caller, const CfdGreeting *greeting, GError **error)
{
  g_autoptr (CfVisitor) visitor = cfd_visitors_ensure (tx, caller, error);
  g_autoptr (CfConversation) conversation = NULL;
  gint64 position;

  if (visitor == NULL || !cfd_conversation_store_open_of_visitor (tx, visitor->parent.id, &conversation, error))
    return FALSE;
  if (conversation == NULL)
    conversation = begin (tx, visitor, error);
  position = conversation != NULL ? cfd_tx_revision (tx, caller->organisation_id, error) : 0;
  if (position <= 0)
    return FALSE;
  return say (tx, conversation, greeting, position, error) && cfd_tx_put (tx, conversation, error) && note (tx, conversation, greeting, position, error);
}
