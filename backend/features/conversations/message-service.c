/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "message-service.h"

#include "backend/db/lookup.h"
#include "conversation-steps.h"
#include "conversation.h"
#include "message.h"
#include "protocol/error.h"

static void
replace_text (CfMessage *message, const char *text)
{
  g_free (message->text);
  message->text = g_strdup (text);
}

/* Stores the message, and with it the conversation where that shows something of it. */
static GPtrArray *
store (CfdTx *tx, const CfdCaller *caller, CfMessage *message, GError **error)
{
  g_autoptr (GPtrArray) touched = cf_structs_new ();
  g_autoptr (CfConversation) conversation = cfd_conversation_steps_require (tx, caller, message->conversation_id, error);
  gboolean shows;

  if (conversation == NULL)
    return NULL;
  shows = cfd_conversation_retell (conversation, message);
  if (message->removed_at > 0 && g_strcmp0 (conversation->pinned_id, message->parent.id) == 0)
    {
      cfd_conversation_pin (conversation, NULL);
      shows = TRUE;
    }
  if ((shows && !cfd_conversation_steps_put (tx, touched, conversation, error))
      || !cfd_conversation_steps_put (tx, touched, message, error))
    return NULL;
  return g_steal_pointer (&touched);
}

/**
 * cfd_messages_edit:
 * Other words for one's own text or note, for a while.
 */
GPtrArray *
cfd_messages_edit (CfdTx *tx, const CfdCaller *caller, const CfMessageEditParams *params, GError **error)
{
  g_autoptr (CfMessage) message = cfd_tx_require (tx, &cf_message_shape, caller->organisation_id, params->id, error);
  gint64 now = cfd_tx_now (tx);

  if (message == NULL || !cfd_message_is_editable (message, caller, error))
    return NULL;
  if (g_strcmp0 (message->text, params->text) == 0)
    return cfd_conversation_steps_unchanged (g_steal_pointer (&message));
  if (!cfd_message_is_recent (message, now, error))
    return NULL;
  replace_text (message, params->text);
  message->edited_at = now;
  return store (tx, caller, message, error);
}

/**
 * cfd_messages_remove:
 * The words are gone, for everyone; that there were some stays to be seen.
 */
GPtrArray *
cfd_messages_remove (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error)
{
  g_autoptr (CfMessage) message = cfd_tx_require (tx, &cf_message_shape, caller->organisation_id, id, error);
  gint64 now = cfd_tx_now (tx);

  if (message == NULL || !cfd_message_is_removable (message, caller, error))
    return NULL;
  if (message->removed_at > 0)
    return cfd_conversation_steps_unchanged (g_steal_pointer (&message));
  if (!cfd_message_is_senior (caller) && !cfd_message_is_recent (message, now, error))
    return NULL;
  replace_text (message, NULL);
  g_clear_pointer (&message->mentions, g_strfreev);
  g_clear_pointer (&message->files, g_strfreev);
  message->removed_at = now;
  return store (tx, caller, message, error);
}
