/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation-service.h"

#include "backend/features/departments/department-service.h"
#include "backend/features/routing/routing-service.h"
#include "backend/features/visitors/visitor-service.h"
#include "conversation-steps.h"
#include "conversation-store.h"
#include "conversation.h"
#include "protocol/error.h"
#include "protocol/id.h"

/* Gives it to an agent, and says so. */
static GPtrArray *
hand_to (CfdTx *tx, const CfdCaller *caller, CfConversation *conversation, CfdConversationLine *event, const char *agent_id,
         const char *agent_name, GError **error)
{
  g_autoptr (GPtrArray) touched = cf_structs_new ();
  g_autofree char *before = g_strdup (conversation->assignee_name);

  cfd_conversation_assign (conversation, agent_id, agent_name);
  event->target_name = agent_name != NULL ? agent_name : before;
  if (!cfd_conversation_steps_add_event (tx, caller, conversation, event, touched, error)
      || !cfd_conversation_steps_put (tx, touched, conversation, error))
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
  CfdConversationLine event = { params->event_id, params->id, CF_MESSAGE_EVENT, CF_MESSAGE_EVENT_ASSIGNED, .target_id = params->agent_id };
  g_autoptr (CfConversation) conversation = NULL;
  g_autoptr (CfAgent) agent = NULL;
  GPtrArray *done;

  if (!cfd_conversation_steps_find_repeat (tx, caller, &event, &done, error))
    return NULL;
  if (done != NULL)
    return done;
  conversation = cfd_conversation_steps_require (tx, caller, params->id, error);
  agent = conversation != NULL ? cfd_conversation_steps_require_agent (tx, caller, conversation, params->agent_id, error) : NULL;
  if (agent == NULL)
    return NULL;
  if (g_strcmp0 (conversation->assignee_id, agent->parent.id) == 0)
    return cfd_conversation_steps_unchanged (g_steal_pointer (&conversation));
  return hand_to (tx, caller, conversation, &event, agent->parent.id, agent->name, error);
}

/**
 * cfd_conversations_accept:
 * The caller takes what is nobody's. Of two who try at once the first has it, and the other hears who that was.
 */
GPtrArray *
cfd_conversations_accept (CfdTx *tx, const CfdCaller *caller, const CfConversationActionParams *params, GError **error)
{
  CfdConversationLine event = { params->event_id, params->id, CF_MESSAGE_EVENT, CF_MESSAGE_EVENT_ASSIGNED, .target_id = caller->id };
  g_autoptr (CfConversation) conversation = NULL;
  GPtrArray *done;

  if (!cfd_conversation_steps_find_repeat (tx, caller, &event, &done, error))
    return NULL;
  if (done != NULL)
    return done;
  conversation = cfd_conversation_steps_require (tx, caller, params->id, error);
  if (conversation == NULL)
    return NULL;
  if (g_strcmp0 (conversation->assignee_id, caller->id) == 0)
    return cfd_conversation_steps_unchanged (g_steal_pointer (&conversation));
  if (conversation->assignee_id != NULL)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "%s has taken it", conversation->assignee_name);
      return NULL;
    }
  return hand_to (tx, caller, conversation, &event, caller->id, caller->name, error);
}

/**
 * cfd_conversations_unassign:
 * It is nobody's again.
 */
GPtrArray *
cfd_conversations_unassign (CfdTx *tx, const CfdCaller *caller, const CfConversationActionParams *params, GError **error)
{
  CfdConversationLine event = { params->event_id, params->id, CF_MESSAGE_EVENT, CF_MESSAGE_EVENT_UNASSIGNED };
  g_autoptr (CfConversation) conversation = NULL;
  GPtrArray *done;

  if (!cfd_conversation_steps_find_repeat (tx, caller, &event, &done, error))
    return NULL;
  if (done != NULL)
    return done;
  conversation = cfd_conversation_steps_require (tx, caller, params->id, error);
  if (conversation == NULL)
    return NULL;
  if (conversation->assignee_id == NULL)
    return cfd_conversation_steps_unchanged (g_steal_pointer (&conversation));
  return hand_to (tx, caller, conversation, &event, NULL, NULL, error);
}

/**
 * cfd_conversations_have_met:
 * @met: (out): whether the visitor has got to know that agent. Who has only claimed an id has met nobody.
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_conversations_have_met (CfdTx *tx, const CfdCaller *visitor, const char *agent_id, gboolean *met, GError **error)
{
  gboolean exists;

  *met = FALSE;
  if (!cfd_visitors_exists (tx, visitor, &exists, error))
    return FALSE;
  return !exists || cfd_conversation_store_have_met (tx, visitor->id, agent_id, met, error);
}

/**
 * cfd_conversations_let_go:
 * @agent: whose sites, or role, have changed
 *
 * What is open, theirs and of a site that they do not see is nobody's again.
 */
gboolean
cfd_conversations_let_go (CfdTx *tx, const CfdCaller *by, const CfAgent *agent, GError **error)
{
  g_autoptr (GPtrArray) assigned = NULL;

  if (!cf_agent_is_limited (agent))
    return TRUE;
  assigned = cfd_conversation_store_assigned (tx, agent->parent.organisation_id, agent->parent.id, error);
  for (guint i = 0; assigned != NULL && i < assigned->len; i++)
    {
      CfConversation *conversation = assigned->pdata[i];
      g_autofree char *event_id = cf_id_new ();
      CfdConversationLine event = { event_id, conversation->parent.id, CF_MESSAGE_EVENT, CF_MESSAGE_EVENT_UNASSIGNED };
      g_autoptr (GPtrArray) touched = NULL;

      if (cf_agent_sees (agent, conversation->site_id))
        continue;
      touched = hand_to (tx, by, conversation, &event, NULL, NULL, error);
      if (touched == NULL)
        return FALSE;
    }
  return assigned != NULL;
}

/* A note that goes along is given with an id of its own. */
static gboolean
check_note (const char *id, const char *text, const char *event_id, GError **error)
{
  const char *problem = NULL;

  if (text != NULL && id == NULL)
    problem = "note_id: missing, expected the id of the note";
  else if (text == NULL && id != NULL)
    problem = "note: missing, expected the words of note_id";
  else if (g_strcmp0 (id, event_id) == 0)
    problem = "note_id: got the id of the event, expected another";
  if (problem != NULL)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, problem);
  return problem == NULL;
}

/* What the params say together. */
static gboolean
check_transfer (const CfConversationTransferParams *params, GError **error)
{
  const char *problem = NULL;

  if (params->agent_id != NULL && params->department_id != NULL)
    problem = "got agent_id and department_id, expected one of them";
  else if (params->agent_id == NULL && params->department_id == NULL)
    problem = "got neither agent_id nor department_id, expected one of them";
  if (problem != NULL)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, problem);
  return problem == NULL && check_note (params->note_id, params->note, params->event_id, error);
}

/* Changes @conversation. Returns: (transfer full): the name of who has it now, or NULL with an error. @changed: FALSE when they had it before */
static char *
move (CfdTx *tx, const CfdCaller *caller, CfConversation *conversation, const CfConversationTransferParams *params, gboolean *changed,
      GError **error)
{
  g_autoptr (CfAgent) agent = NULL;

  if (params->department_id != NULL)
    {
      g_autoptr (CfDepartment) department = cfd_departments_get (tx, caller->organisation_id, params->department_id, error);

      if (department == NULL)
        return NULL;
      *changed = g_strcmp0 (conversation->department_id, params->department_id) != 0 || conversation->assignee_id != NULL;
      cfd_conversation_enter (conversation, params->department_id);
      return g_strdup (department->name);
    }
  agent = cfd_conversation_steps_require_agent (tx, caller, conversation, params->agent_id, error);
  if (agent == NULL)
    return NULL;
  *changed = g_strcmp0 (conversation->assignee_id, agent->parent.id) != 0;
  if (*changed)
    cfd_conversation_assign (conversation, agent->parent.id, agent->name);
  return g_strdup (agent->name);
}

/* The note that goes along, unless it is there already. */
static gboolean
add_note (CfdTx *tx, const CfdCaller *caller, const CfConversation *conversation, const char *id, const char *text, GPtrArray *touched,
          GError **error)
{
  const CfdConversationLine line = { id, conversation->parent.id, CF_MESSAGE_NOTE, .text = text };
  g_autoptr (GPtrArray) done = NULL;
  g_autoptr (CfMessage) note = NULL;
  gint64 position;

  if (text == NULL)
    return TRUE;
  if (!cfd_conversation_steps_find_repeat (tx, caller, &line, &done, error))
    return FALSE;
  if (done != NULL)
    {
      g_ptr_array_add (touched, cf_struct_ref (done->pdata[1]));
      return TRUE;
    }
  position = cfd_tx_revision (tx, caller->organisation_id, error);
  if (position <= 0)
    return FALSE;
  note = cfd_conversation_new_message (conversation, id, CF_MESSAGE_NOTE, caller, position, cfd_tx_now (tx));
  note->text = g_strdup (text);
  return cfd_conversation_steps_put (tx, touched, note, error);
}

/**
 * cfd_conversations_transfer:
 * To another agent, or to a department, where it is nobody's yet; with a note for whoever gets it.
 */
GPtrArray *
cfd_conversations_transfer (CfdTx *tx, const CfdCaller *caller, const CfConversationTransferParams *params, GError **error)
{
  CfdConversationLine event = { params->event_id, params->id, CF_MESSAGE_EVENT, CF_MESSAGE_EVENT_TRANSFERRED };
  g_autoptr (GPtrArray) touched = NULL;
  g_autoptr (CfConversation) conversation = NULL;
  g_autofree char *name = NULL;
  gboolean changed;

  if (!check_transfer (params, error))
    return NULL;
  event.target_id = params->agent_id != NULL ? params->agent_id : params->department_id;
  if (!cfd_conversation_steps_find_repeat (tx, caller, &event, &touched, error))
    return NULL;
  if (touched != NULL)
    return add_note (tx, caller, touched->pdata[0], params->note_id, params->note, touched, error) ? g_steal_pointer (&touched) : NULL;
  conversation = cfd_conversation_steps_require (tx, caller, params->id, error);
  name = conversation != NULL ? move (tx, caller, conversation, params, &changed, error) : NULL;
  if (name == NULL)
    return NULL;
  touched = cf_structs_new ();
  event.target_name = name;
  if (changed && (!cfd_conversation_steps_add_event (tx, caller, conversation, &event, touched, error)
                  || !cfd_conversation_steps_put (tx, touched, conversation, error)))
    return NULL;
  if (!changed)
    g_ptr_array_add (touched, cf_struct_ref (conversation));
  if (!add_note (tx, caller, conversation, params->note_id, params->note, touched, error) || (changed && !cfd_routing_offer (tx, conversation, touched, error)))
    return NULL;
  return g_steal_pointer (&touched);
}

/**
 * cfd_conversations_escalate:
 * The supervisors are called to what is open, with a note for them; or they are needed no longer. Whoever has it keeps it until one of them takes it.
 */
GPtrArray *
cfd_conversations_escalate (CfdTx *tx, const CfdCaller *caller, const CfConversationEscalateParams *params, GError **error)
{
  const CfdConversationLine event = { params->event_id, params->id, CF_MESSAGE_EVENT,
                                      params->ended ? CF_MESSAGE_EVENT_DEESCALATED : CF_MESSAGE_EVENT_ESCALATED };
  g_autoptr (GPtrArray) touched = NULL;
  g_autoptr (CfConversation) conversation = NULL;

  if (!check_note (params->note_id, params->note, params->event_id, error)
      || !cfd_conversation_steps_find_repeat (tx, caller, &event, &touched, error))
    return NULL;
  if (touched != NULL)
    return add_note (tx, caller, touched->pdata[0], params->note_id, params->note, touched, error) ? g_steal_pointer (&touched) : NULL;
  conversation = cfd_conversation_steps_require (tx, caller, params->id, error);
  if (conversation == NULL)
    return NULL;
  if (!params->ended && conversation->status == CF_CONVERSATION_CLOSED)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "it is closed; reopen it to escalate it");
      return NULL;
    }
  touched = cf_structs_new ();
  if (params->ended == (conversation->escalated_at == 0))
    g_ptr_array_add (touched, cf_struct_ref (conversation));
  else
    {
      conversation->escalated_at = params->ended ? 0 : cfd_tx_now (tx);
      if (!cfd_conversation_steps_add_event (tx, caller, conversation, &event, touched, error)
          || !cfd_conversation_steps_put (tx, touched, conversation, error))
        return NULL;
    }
  return add_note (tx, caller, conversation, params->note_id, params->note, touched, error) ? g_steal_pointer (&touched) : NULL;
}
