/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation-service.h"

#include "backend/db/lookup.h"
#include "conversation-steps.h"
#include "conversation-store.h"
#include "conversation.h"
#include "protocol/error.h"
#include "protocol/id.h"

/**
 * cfd_conversations_close:
 * The matter is settled. For one that is closed already nothing changes.
 */
GPtrArray *
cfd_conversations_close (CfdTx *tx, const CfdCaller *caller, const CfConversationActionParams *params, GError **error)
{
  const CfdConversationLine event = { params->event_id, params->id, CF_MESSAGE_EVENT, CF_MESSAGE_EVENT_CLOSED };
  g_autoptr (GPtrArray) touched = NULL;
  g_autoptr (CfConversation) conversation = NULL;

  if (!cfd_conversation_steps_find_repeat (tx, caller, &event, &touched, error))
    return NULL;
  if (touched != NULL)
    return g_steal_pointer (&touched);
  conversation = cfd_conversation_steps_require (tx, caller, params->id, error);
  if (conversation == NULL)
    return NULL;
  if (conversation->status == CF_CONVERSATION_CLOSED)
    return cfd_conversation_steps_unchanged (g_steal_pointer (&conversation));
  touched = cf_structs_new ();
  cfd_conversation_close (conversation, cfd_tx_now (tx));
  if (!cfd_conversation_steps_add_event (tx, caller, conversation, &event, touched, error)
      || !cfd_conversation_steps_put (tx, touched, conversation, error))
    return NULL;
  return g_steal_pointer (&touched);
}

/**
 * cfd_conversations_reopen:
 * It was not settled.
 */
GPtrArray *
cfd_conversations_reopen (CfdTx *tx, const CfdCaller *caller, const CfConversationActionParams *params, GError **error)
{
  const CfdConversationLine event = { params->event_id, params->id, CF_MESSAGE_EVENT, CF_MESSAGE_EVENT_REOPENED };
  g_autoptr (GPtrArray) touched = NULL;
  g_autoptr (CfConversation) conversation = NULL;

  if (!cfd_conversation_steps_find_repeat (tx, caller, &event, &touched, error))
    return NULL;
  if (touched != NULL)
    return g_steal_pointer (&touched);
  conversation = cfd_conversation_steps_require (tx, caller, params->id, error);
  if (conversation == NULL)
    return NULL;
  if (conversation->status == CF_CONVERSATION_OPEN)
    return cfd_conversation_steps_unchanged (g_steal_pointer (&conversation));
  touched = cf_structs_new ();
  if (!cfd_conversation_steps_reopen (tx, caller, conversation, params->event_id, touched, error)
      || !cfd_conversation_steps_put (tx, touched, conversation, error))
    return NULL;
  return g_steal_pointer (&touched);
}

static gboolean
check_until (const CfConversation *conversation, gint64 until, gint64 now, GError **error)
{
  if (until != 0 && until <= now)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "until: got %" G_GINT64_FORMAT ", expected a time after %" G_GINT64_FORMAT " or 0",
                   until, now);
      return FALSE;
    }
  if (until != 0 && conversation->status == CF_CONVERSATION_CLOSED)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "it is closed; reopen it to be reminded of it");
      return FALSE;
    }
  return TRUE;
}

/**
 * cfd_conversations_snooze:
 * Out of sight until a time that is still to come, or (0) back in sight now.
 */
GPtrArray *
cfd_conversations_snooze (CfdTx *tx, const CfdCaller *caller, const CfConversationSnoozeParams *params, GError **error)
{
  const CfdConversationLine event = { params->event_id, params->id, CF_MESSAGE_EVENT,
                                      params->until != 0 ? CF_MESSAGE_EVENT_SNOOZED : CF_MESSAGE_EVENT_WOKEN };
  g_autoptr (GPtrArray) touched = NULL;
  g_autoptr (CfConversation) conversation = NULL;

  if (!cfd_conversation_steps_find_repeat (tx, caller, &event, &touched, error))
    return NULL;
  if (touched != NULL)
    return g_steal_pointer (&touched);
  conversation = cfd_conversation_steps_require (tx, caller, params->id, error);
  if (conversation == NULL)
    return NULL;
  if (conversation->snoozed_until == params->until)
    return cfd_conversation_steps_unchanged (g_steal_pointer (&conversation));
  if (!check_until (conversation, params->until, cfd_tx_now (tx), error))
    return NULL;
  touched = cf_structs_new ();
  conversation->snoozed_until = params->until;
  if (!cfd_conversation_steps_add_event (tx, caller, conversation, &event, touched, error)
      || !cfd_conversation_steps_put (tx, touched, conversation, error))
    return NULL;
  return g_steal_pointer (&touched);
}

/**
 * cfd_conversations_wake_due:
 * The time of a snoozed conversation has come, unless somebody was faster.
 */
gboolean
cfd_conversations_wake_due (CfdTx *tx, const char *id, GError **error)
{
  g_autofree char *event_id = cf_id_new ();
  const CfdConversationLine event = { event_id, id, CF_MESSAGE_EVENT, CF_MESSAGE_EVENT_WOKEN };
  g_autoptr (GPtrArray) touched = cf_structs_new ();
  g_autoptr (CfConversation) conversation = NULL;

  if (!cfd_tx_lookup (tx, &cf_conversation_shape, id, &conversation, error))
    return FALSE;
  if (conversation == NULL || conversation->snoozed_until == 0 || conversation->snoozed_until > cfd_tx_now (tx))
    return TRUE;
  conversation->snoozed_until = 0;
  if (conversation->parent.deleted)
    return cfd_tx_put (tx, conversation, error);
  return cfd_conversation_steps_add_event (tx, NULL, conversation, &event, touched, error)
         && cfd_conversation_steps_put (tx, touched, conversation, error);
}

static gboolean
check_tags (char **tags, GError **error)
{
  guint n = g_strv_length (tags);

  if (n > CF_CONVERSATION_TAGS_MAX)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_TOO_LARGE, "tags: got %u, expected at most %d", n, CF_CONVERSATION_TAGS_MAX);
      return FALSE;
    }
  for (; *tags != NULL; tags++)
    if (!cf_id_is_valid (*tags))
      {
        g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "tags: expected UUIDs version 7 in lower case");
        return FALSE;
      }
  return TRUE;
}

/**
 * cfd_conversations_tag:
 * The whole list takes the place of the former one.
 */
GPtrArray *
cfd_conversations_tag (CfdTx *tx, const CfdCaller *caller, const CfConversationTagParams *params, GError **error)
{
  g_autoptr (GPtrArray) touched = cf_structs_new ();
  g_autoptr (CfConversation) conversation = NULL;

  if (!check_tags (params->tags, error))
    return NULL;
  conversation = cfd_conversation_steps_require (tx, caller, params->id, error);
  if (conversation == NULL)
    return NULL;
  if (!cfd_conversation_tag (conversation, (const char *const *) params->tags))
    return cfd_conversation_steps_unchanged (g_steal_pointer (&conversation));
  return cfd_conversation_steps_put (tx, touched, conversation, error) ? g_steal_pointer (&touched) : NULL;
}

static gboolean
check_pin (CfdTx *tx, const CfdCaller *caller, const CfConversation *conversation, const char *message_id, GError **error)
{
  g_autoptr (CfMessage) message = NULL;

  if (message_id == NULL)
    return TRUE;
  message = cfd_conversation_steps_require_line (tx, caller, conversation, message_id, error);
  if (message == NULL)
    return FALSE;
  if (message->kind != CF_MESSAGE_NOTE)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "message_id: got a message of the kind %s, expected a note",
                   cf_message_kind_words[message->kind]);
      return FALSE;
    }
  if (message->removed_at > 0)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "this note was removed");
      return FALSE;
    }
  return TRUE;
}

/**
 * cfd_conversations_pin:
 * One note stands above all others, or none.
 */
GPtrArray *
cfd_conversations_pin (CfdTx *tx, const CfdCaller *caller, const CfConversationPinParams *params, GError **error)
{
  const char *message_id = params->message_id != NULL && params->message_id[0] != '\0' ? params->message_id : NULL;
  g_autoptr (GPtrArray) touched = cf_structs_new ();
  g_autoptr (CfConversation) conversation = cfd_conversation_steps_require (tx, caller, params->id, error);

  if (conversation == NULL)
    return NULL;
  if (g_strcmp0 (conversation->pinned_id, message_id) == 0)
    return cfd_conversation_steps_unchanged (g_steal_pointer (&conversation));
  if (!check_pin (tx, caller, conversation, message_id, error))
    return NULL;
  cfd_conversation_pin (conversation, message_id);
  return cfd_conversation_steps_put (tx, touched, conversation, error) ? g_steal_pointer (&touched) : NULL;
}

/**
 * cfd_conversations_rate:
 * What its visitor thinks of how they were served, once they were; they may think better of it.
 */
GPtrArray *
cfd_conversations_rate (CfdTx *tx, const CfdCaller *caller, const CfConversationRateParams *params, GError **error)
{
  g_autofree char *comment = NULL;
  g_autoptr (GPtrArray) touched = cf_structs_new ();
  g_autoptr (CfConversation) conversation = cfd_conversation_steps_require (tx, caller, params->id, error);
  const CfSurveyAnswer *survey = params->survey != NULL && params->survey->kind != CF_SURVEY_STARS ? params->survey : NULL;
  gboolean served;

  if (conversation == NULL
      || !cfd_conversation_steps_mask (tx, params->id, params->comment != NULL && params->comment[0] != '\0' ? params->comment : NULL, &comment, error)
      || !cfd_conversation_store_was_served (tx, conversation->parent.id, &served, error))
    return NULL;
  if (survey != NULL && (survey->score > cf_survey_kind_max (survey->kind) || params->rating != cf_survey_kind_rating (survey->kind, survey->score)))
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "survey: got %" G_GINT64_FORMAT " for %" G_GINT64_FORMAT " stars, expected 0 to %" G_GINT64_FORMAT
                   " and the stars that it is worth", survey->score, params->rating, cf_survey_kind_max (survey->kind));
      return NULL;
    }
  if (!served)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "nobody has answered yet; rate it when somebody has");
      return NULL;
    }
  if (conversation->rating == params->rating && g_strcmp0 (conversation->rating_comment, comment) == 0 && cf_struct_equal (conversation->survey, survey))
    return cfd_conversation_steps_unchanged (g_steal_pointer (&conversation));
  cfd_conversation_rate (conversation, params->rating, survey, comment, cfd_tx_now (tx));
  return cfd_conversation_steps_put (tx, touched, conversation, error) ? g_steal_pointer (&touched) : NULL;
}

/**
 * cfd_conversations_wrote_since:
 * @wrote: (out): whether its visitor has written behind @position
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_conversations_wrote_since (CfdTx *tx, const char *id, gint64 position, gboolean *wrote, GError **error)
{
  return cfd_conversation_store_visitor_after (tx, id, position, wrote, error);
}

/**
 * cfd_conversations_closed_since:
 * @by: (out) (nullable): the id of who has closed it behind @position, "" when it came about by itself; NULL when nobody has
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_conversations_closed_since (CfdTx *tx, const char *id, gint64 position, char **by, GError **error)
{
  return cfd_conversation_store_closed_after (tx, id, position, by, error);
}
