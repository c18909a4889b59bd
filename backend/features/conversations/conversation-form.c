/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation-form.h"

#include "backend/db/lookup.h"
#include "backend/features/routing/routing-service.h"
#include "backend/features/sites/site-service.h"
#include "backend/features/visitors/visitor-service.h"
#include "conversation-steps.h"
#include "conversation-store.h"
#include "conversation.h"
#include "protocol/error.h"

/* Where its visitor wants to go, as long as that is nobody's to decide. */
static void
follow (CfConversation *conversation, const CfFormAnswer *answer)
{
  if (answer->department_id != NULL && conversation->assignee_id == NULL && conversation->status == CF_CONVERSATION_OPEN)
    cfd_conversation_enter (conversation, answer->department_id);
}

/* Keeps what was said to @conversation's question, but for a contact detail, which becomes @visitor's. */
static gboolean
keep (CfdTx *tx, CfFormAnswer *answer, CfVisitor *visitor, CfConversation *conversation, GError **error)
{
  CfFormAnswers *answers;
  gboolean taken;

  if (!cfd_visitors_claim (visitor, answer, &taken, error))
    return FALSE;
  if (taken)
    return cfd_tx_put (tx, visitor, error);
  if (!cfd_sites_mask (tx, conversation->site_id, &answer->value, error))
    return FALSE;
  answers = cf_struct_new (&cf_form_answers_shape);
  answers->list = cf_structs_new ();
  for (guint i = 0; conversation->answers != NULL && conversation->answers->list != NULL && i < conversation->answers->list->len; i++)
    g_ptr_array_add (answers->list, cf_struct_ref (conversation->answers->list->pdata[i]));
  g_ptr_array_add (answers->list, cf_struct_ref (answer));
  cf_struct_unref (conversation->answers);
  conversation->answers = answers;
  follow (conversation, answer);
  return TRUE;
}

static void
settle (CfConversation *conversation, const char *question)
{
  g_autoptr (GStrvBuilder) done = g_strv_builder_new ();

  if (conversation->questions_done != NULL)
    g_strv_builder_addv (done, (const char **) conversation->questions_done);
  g_strv_builder_add (done, question);
  g_strfreev (conversation->questions_done);
  conversation->questions_done = g_strv_builder_end (done);
}

/* Of whom a contact detail is known: also of the person who is shown in this visitor's place. */
static gboolean
find_next (CfdTx *tx, const CfVisitor *visitor, CfConversation *conversation, GError **error)
{
  g_autoptr (CfVisitor) shown = NULL;

  if (visitor->merged_into != NULL && !cfd_tx_lookup (tx, &cf_visitor_shape, visitor->merged_into, &shown, error))
    return FALSE;
  return cfd_sites_next_question (tx, shown != NULL ? shown : visitor, conversation, error);
}

/* In the words in which it was said. */
static const char *
kept_value (const CfConversation *conversation, const char *question)
{
  for (guint i = 0; conversation->answers != NULL && conversation->answers->list != NULL && i < conversation->answers->list->len; i++)
    {
      const CfFormAnswer *answer = conversation->answers->list->pdata[i];

      if (g_strcmp0 (answer->field, question) == 0)
        return answer->department_id != NULL ? answer->department_id : answer->value;
    }
  return NULL;
}

/* Whether @params say what was said before. Of a contact detail nothing is kept in the conversation: the visitor has it, or has another by now. */
static gboolean
check_repeat (CfdTx *tx, const CfVisitor *visitor, const CfConversation *conversation, const CfConversationAnswerParams *params, GError **error)
{
  const char *kept = kept_value (conversation, params->field);
  g_autofree char *value = g_strdup (params->value);

  if (g_strcmp0 (kept, value) == 0) /* also an id, in which nothing is masked */
    return TRUE;
  if (value != NULL && !cfd_sites_mask (tx, conversation->site_id, &value, error))
    return FALSE;
  if (g_strcmp0 (kept, value) == 0)
    return TRUE;
  if (kept == NULL && (g_strcmp0 (visitor->name, value) == 0 || g_strcmp0 (visitor->email, value) == 0 || g_strcmp0 (visitor->phone, value) == 0))
    return TRUE;
  g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "field: was answered before, in other words");
  return FALSE;
}

/**
 * cfd_conversation_form_take:
 * @reply: (nullable): what the visitor has answered before their first words
 * @visitor: gets name, email address and phone number; changed, not stored
 * @conversation: that begins; gets all other answers, and the department that was chosen
 *
 * Who had a conversation before was asked then, and begins another one without answers.
 *
 * Returns: FALSE with an error when the site asks something else, or the answers are no good.
 */
gboolean
cfd_conversation_form_take (CfdTx *tx, const CfFormReply *reply, CfVisitor *visitor, CfConversation *conversation, GError **error)
{
  g_autoptr (GPtrArray) answers = NULL;
  g_autoptr (GPtrArray) kept = cf_structs_new ();
  g_autoptr (CfConversation) before = NULL;

  if (reply == NULL && !cfd_conversation_store_last_of_visitor (tx, visitor->parent.id, 0, &before, error))
    return FALSE;
  if (before != NULL)
    return TRUE;
  answers = cfd_sites_take_form (tx, visitor->site_id, reply, error);
  for (guint i = 0; answers != NULL && i < answers->len; i++)
    {
      gboolean taken;

      if (!cfd_visitors_claim (visitor, answers->pdata[i], &taken, error))
        return FALSE;
      if (taken)
        continue;
      if (!cfd_sites_mask (tx, visitor->site_id, &((CfFormAnswer *) answers->pdata[i])->value, error))
        return FALSE;
      follow (conversation, answers->pdata[i]);
      g_ptr_array_add (kept, cf_struct_ref (answers->pdata[i]));
    }
  if (answers == NULL || kept->len == 0)
    return answers != NULL;
  conversation->answers = cf_struct_new (&cf_form_answers_shape);
  conversation->answers->list = g_steal_pointer (&kept);
  return TRUE;
}

/**
 * cfd_conversation_form_ask:
 * @conversation: in which its visitor has just written; gets what they are asked now; changed, not stored
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_conversation_form_ask (CfdTx *tx, CfConversation *conversation, GError **error)
{
  g_autoptr (CfVisitor) visitor = NULL;

  if (!cfd_tx_lookup (tx, &cf_visitor_shape, conversation->visitor_id, &visitor, error))
    return FALSE;
  return visitor == NULL || find_next (tx, visitor, conversation, error);
}

/**
 * cfd_conversations_answer:
 * What a visitor says to the question that they are asked in their conversation, or that they pass over it; the next one follows. It is taken
 * also when the conversation was closed meanwhile. A department that they choose gets the conversation, unless somebody has it.
 */
GPtrArray *
cfd_conversations_answer (CfdTx *tx, const CfdCaller *caller, const CfConversationAnswerParams *params, GError **error)
{
  g_autoptr (CfConversation) conversation = cfd_conversation_steps_require (tx, caller, params->id, error);
  g_autoptr (CfVisitor) visitor = conversation != NULL ? cfd_visitors_ensure (tx, caller, error) : NULL;
  g_autoptr (CfFormAnswer) answer = NULL;
  g_autoptr (GPtrArray) touched = cf_structs_new ();

  if (visitor == NULL)
    return NULL;
  if (conversation->questions_done != NULL && g_strv_contains ((const char *const *) conversation->questions_done, params->field))
    return check_repeat (tx, visitor, conversation, params, error) ? cfd_conversation_steps_unchanged (g_steal_pointer (&conversation)) : NULL;
  if (g_strcmp0 (conversation->question_id, params->field) != 0)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "field: is not what is asked in this conversation now");
      return NULL;
    }
  if (!cfd_sites_take_answer (tx, conversation->site_id, params->field, params->value, &answer, error)
      || (answer != NULL && !keep (tx, answer, visitor, conversation, error)))
    return NULL;
  settle (conversation, params->field);
  if (!find_next (tx, visitor, conversation, error) || !cfd_conversation_steps_put (tx, touched, conversation, error)
      || (answer != NULL && answer->department_id != NULL && !cfd_routing_offer (tx, conversation, touched, error)))
    return NULL;
  g_ptr_array_add (touched, g_steal_pointer (&visitor));
  return g_steal_pointer (&touched);
}
