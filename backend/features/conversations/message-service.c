/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "message-service.h"

#include "backend/features/accounts/account-service.h"
#include "backend/mood/mood.h"
#include "backend/rpc/reach.h"
#include "conversation-steps.h"
#include "conversation-store.h"
#include "conversation.h"
#include "message.h"
#include "protocol/error.h"

#include <string.h>

/* A page stops growing here, so that its frame stays well below what clients take. */
#define PAGE_BYTES (256 * 1024)
/* A text and the events that it caused share a position; they are never torn apart. */
#define SAME_POSITION_MAX 4

static void
replace_text (CfMessage *message, const char *text)
{
  g_free (message->text);
  message->text = g_strdup (text);
}

/* What a visitor has said and is gone says nothing of their mood. */
static gboolean
forget_mood (CfdTx *tx, CfConversation *conversation, const CfMessage *message, gboolean *shows, GError **error)
{
  g_autoptr (GPtrArray) said = NULL;

  if (message->removed_at == 0 || message->author_kind != CF_AUTHOR_VISITOR || conversation->mood == CF_MOOD_NONE)
    return TRUE;
  said = cfd_conversation_store_said (tx, conversation->parent.id, message->parent.id, CFD_MOOD_TEXTS, error);
  if (said == NULL)
    return FALSE;
  *shows |= cfd_conversation_hear_anew (conversation, said);
  return TRUE;
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
  if (!forget_mood (tx, conversation, message, &shows, error))
    return NULL;
  if ((shows && !cfd_conversation_steps_put (tx, touched, conversation, error))
      || !cfd_conversation_steps_put (tx, touched, message, error))
    return NULL;
  return g_steal_pointer (&touched);
}

/**
 * cfd_messages_reword:
 * @changed: (out): FALSE when these are its words already
 *
 * Other words for one's own, for a while.
 */
gboolean
cfd_messages_reword (CfMessage *message, const CfdCaller *caller, const char *text, gint64 now, gboolean *changed, GError **error)
{
  *changed = FALSE;
  if (!cfd_message_is_editable (message, caller, error))
    return FALSE;
  if (g_strcmp0 (message->text, text) == 0)
    return TRUE;
  if (!cfd_message_is_recent (message, now, error))
    return FALSE;
  replace_text (message, text);
  message->edited_at = now;
  *changed = TRUE;
  return TRUE;
}

/**
 * cfd_messages_retract:
 * @of_others: whether @caller, when senior, may do so with what others have written, and at any time
 * @changed: (out): FALSE when the words are gone already
 */
gboolean
cfd_messages_retract (CfMessage *message, const CfdCaller *caller, gboolean of_others, gint64 now, gboolean *changed, GError **error)
{
  gboolean senior = of_others && cfd_message_is_senior (caller);

  *changed = FALSE;
  if (!cfd_message_is_removable (message, caller, senior, error))
    return FALSE;
  if (message->removed_at > 0)
    return TRUE;
  if (!senior && !cfd_message_is_recent (message, now, error))
    return FALSE;
  replace_text (message, NULL);
  g_clear_pointer (&message->mentions, g_strfreev);
  g_clear_pointer (&message->files, g_strfreev);
  message->removed_at = now;
  *changed = TRUE;
  return TRUE;
}

/**
 * cfd_messages_preview:
 * Returns: (transfer full): the first words of @text, as lists show them.
 */
char *
cfd_messages_preview (const char *text)
{
  return cfd_conversation_preview (text);
}

/**
 * cfd_messages_check_mentions:
 * @mentions: (nullable): ids; of agents of the team, and not too many
 */
gboolean
cfd_messages_check_mentions (CfdTx *tx, const CfdCaller *caller, char **mentions, GError **error)
{
  guint n = mentions != NULL ? g_strv_length (mentions) : 0;

  if (n > CF_MESSAGE_MENTIONS_MAX)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_TOO_LARGE, "mentions: got %u, expected at most %d", n, CF_MESSAGE_MENTIONS_MAX);
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (CfAgent) agent = cfd_accounts_get_agent (tx, caller->organisation_id, mentions[i], error);

      if (agent == NULL)
        {
          g_prefix_error (error, "mentions: ");
          return FALSE;
        }
    }
  return TRUE;
}

gint64
cfd_messages_page_size (gint64 asked)
{
  return asked > 0 ? MIN (asked, CF_PAGE_MAX) : CF_PAGE_DEFAULT;
}

/**
 * cfd_messages_page_read:
 * Returns: how many messages to read for a page of @limit.
 */
gint64
cfd_messages_page_read (gint64 limit)
{
  return limit + SAME_POSITION_MAX;
}

static const CfMessage *
message_at (const GPtrArray *messages, guint i)
{
  return messages->pdata[i];
}

/* How many of the newest-first @messages make the page: at most @limit, or what is large enough, and whole positions. */
static guint
cut (const GPtrArray *messages, gint64 limit)
{
  gsize bytes = 0;
  guint n = 0;

  while (n < messages->len && n < limit && bytes < PAGE_BYTES)
    {
      bytes += message_at (messages, n)->text != NULL ? strlen (message_at (messages, n)->text) : 0;
      n++;
    }
  while (n > 0 && n < messages->len && message_at (messages, n)->position == message_at (messages, n - 1)->position)
    n++;
  return n;
}

/**
 * cfd_messages_page:
 * @newest: newest first, cfd_messages_page_read() of them if there are as many
 *
 * Returns: (transfer full): the page, oldest first; "more" says that there are older ones.
 */
CfRecordsResult *
cfd_messages_page (const GPtrArray *newest, gint64 limit)
{
  CfRecordsResult *result = cf_struct_new (&cf_records_result_shape);
  guint n = cut (newest, limit);

  result->records = cf_structs_new ();
  for (guint i = n; i > 0; i--)
    g_ptr_array_add (result->records, cf_struct_ref (newest->pdata[i - 1]));
  result->more = n < newest->len;
  return result;
}

/**
 * cfd_messages_edit:
 * Other words for one's own text or note, for a while.
 */
GPtrArray *
cfd_messages_edit (CfdTx *tx, const CfdCaller *caller, const CfMessageEditParams *params, GError **error)
{
  g_autoptr (CfMessage) message = cfd_reach_require (tx, caller, &cf_message_shape, params->id, error);
  g_autofree char *text = NULL;
  gboolean changed;

  if (message == NULL || !cfd_conversation_steps_mask (tx, message->conversation_id, params->text, &text, error)
      || !cfd_messages_reword (message, caller, text, cfd_tx_now (tx), &changed, error))
    return NULL;
  return changed ? store (tx, caller, message, error) : cfd_conversation_steps_unchanged (g_steal_pointer (&message));
}

/**
 * cfd_messages_remove:
 * The words are gone, for everyone; that there were some stays to be seen.
 */
GPtrArray *
cfd_messages_remove (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error)
{
  g_autoptr (CfMessage) message = cfd_reach_require (tx, caller, &cf_message_shape, id, error);
  gboolean changed;

  if (message == NULL || !cfd_messages_retract (message, caller, TRUE, cfd_tx_now (tx), &changed, error))
    return NULL;
  return changed ? store (tx, caller, message, error) : cfd_conversation_steps_unchanged (g_steal_pointer (&message));
}
