/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "routing-service.h"

#include "backend/db/lookup.h"
#include "backend/features/accounts/account-service.h"
#include "backend/hub/roster.h"
#include "protocol/id.h"
#include "protocol/records/agent.h"
#include "protocol/records/message.h"
#include "routing-store.h"

#include <string.h>

/* A member who could take one more. */
typedef struct
{
  CfAgent *agent;
  CfdLoad load;
  guint knows; /* so many of the conversation's tags are skills of theirs */
} Candidate;

static void
clear_candidate (Candidate *candidate)
{
  g_clear_pointer (&candidate->agent, cf_struct_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Candidate, clear_candidate)

static void
replace (char **place, const char *text)
{
  char *copy = g_strdup (text);

  g_free (*place);
  *place = copy;
}

/* A line by nobody in particular; after what a person wrote under the same revision. @target_name: who has it, or has it no longer */
static gboolean
add_event (CfdTx *tx, const CfConversation *conversation, CfMessageEvent event, const char *target_name, GPtrArray *touched, GError **error)
{
  g_autoptr (CfMessage) message = cf_struct_new (&cf_message_shape);

  message->parent.id = cf_id_new ();
  message->parent.organisation_id = g_strdup (conversation->parent.organisation_id);
  message->conversation_id = g_strdup (conversation->parent.id);
  message->visitor_id = g_strdup (conversation->visitor_id);
  message->position = cfd_tx_revision (tx, conversation->parent.organisation_id, error);
  message->kind = CF_MESSAGE_EVENT;
  message->event = event;
  message->staff_only = cf_message_event_is_staff_only (event);
  message->author_kind = CF_AUTHOR_SYSTEM;
  message->created_at = cfd_tx_now (tx);
  message->target_id = g_strdup (conversation->assignee_id);
  message->target_name = g_strdup (target_name);
  if (message->position <= 0 || !cfd_tx_put (tx, message, error))
    return FALSE;
  if (touched != NULL)
    g_ptr_array_add (touched, cf_struct_ref (message));
  return TRUE;
}

static guint
count_skills (const CfAgent *agent, const CfConversation *conversation)
{
  guint n = 0;

  for (char **tag = conversation->tags; agent->skills != NULL && tag != NULL && *tag != NULL; tag++)
    n += g_strv_contains ((const char *const *) agent->skills, *tag);
  return n;
}

/* @candidate: (out): without an agent when this one is not there, switched off, serves other sites or has enough to do */
static gboolean
consider (CfdTx *tx, const CfDepartment *department, const CfConversation *conversation, const char *agent_id, Candidate *candidate, GError **error)
{
  g_autoptr (CfAgent) agent = NULL;
  gint64 capacity;

  if (!cfd_roster_is_online (agent_id))
    return TRUE;
  if (!cfd_tx_lookup (tx, &cf_agent_shape, agent_id, &agent, error))
    return FALSE;
  if (agent == NULL || agent->parent.deleted || agent->disabled || !cf_agent_serves (agent, conversation->site_id))
    return TRUE;
  if (!cfd_routing_store_load (tx, department->parent.organisation_id, agent_id, &candidate->load, error))
    return FALSE;
  candidate->knows = count_skills (agent, conversation);
  capacity = agent->capacity > 0 ? agent->capacity : department->capacity;
  if (capacity == 0 || candidate->load.open < capacity)
    candidate->agent = g_steal_pointer (&agent);
  return TRUE;
}

/* Whether @a is to have it rather than @b, whose turn is earlier: who knows more of it, then, where that counts, who is less busy. */
static gboolean
is_better (const CfDepartment *department, const Candidate *a, const Candidate *b)
{
  if (a->knows != b->knows)
    return a->knows > b->knows;
  if (department->assignment == CF_ASSIGNMENT_ROUND_ROBIN)
    return FALSE;
  if (a->load.waiting != b->load.waiting)
    return a->load.waiting < b->load.waiting;
  return a->load.open < b->load.open;
}

/* Where the turns go on: behind whoever was given the last one. */
static guint
find_turn (char **members, const char *last)
{
  for (guint i = 0; last != NULL && members[i] != NULL; i++)
    if (g_str_equal (members[i], last))
      return i + 1;
  return 0;
}

/* @best: (out): without an agent when nobody is free. In turn; among equally busy ones too. */
static gboolean
choose (CfdTx *tx, const CfDepartment *department, const CfConversation *conversation, Candidate *best, GError **error)
{
  guint n = department->members != NULL ? g_strv_length (department->members) : 0, first;
  gboolean in_turn = department->assignment == CF_ASSIGNMENT_ROUND_ROBIN && conversation->tags == NULL;
  g_autofree char *last = NULL;

  if (n == 0 || !cfd_routing_store_turn (tx, department->parent.id, &last, error))
    return n == 0;
  first = find_turn (department->members, last);
  for (guint i = 0; i < n && (best->agent == NULL || !in_turn); i++)
    {
      g_auto (Candidate) candidate = { NULL };

      if (!consider (tx, department, conversation, department->members[(first + i) % n], &candidate, error))
        return FALSE;
      if (candidate.agent == NULL || (best->agent != NULL && !is_better (department, &candidate, best)))
        continue;
      clear_candidate (best);
      *best = candidate;
      candidate.agent = NULL;
    }
  return TRUE;
}

static gboolean
assign (CfdTx *tx, const CfDepartment *department, CfConversation *conversation, const CfAgent *agent, GPtrArray *touched, GError **error)
{
  replace (&conversation->assignee_id, agent->parent.id);
  replace (&conversation->assignee_name, agent->name);
  return cfd_routing_store_set_turn (tx, department->parent.id, agent->parent.id, error) && cfd_tx_put (tx, conversation, error)
         && add_event (tx, conversation, CF_MESSAGE_EVENT_ASSIGNED, agent->name, touched, error);
}

static gboolean
is_in_queue (const CfConversation *conversation)
{
  return conversation->department_id != NULL && conversation->status == CF_CONVERSATION_OPEN && conversation->assignee_id == NULL
         && conversation->snoozed_until == 0 && !conversation->parent.deleted;
}

/* Gives what is in @queue. @stuck: gets the sites, one after the other, for which nobody is free; @left: how many more this step may give */
static gboolean
give_queue (CfdTx *tx, const CfDepartment *department, GPtrArray *queue, GString *stuck, guint *left, GError **error)
{
  for (guint i = 0; i < queue->len; i++)
    {
      CfConversation *conversation = queue->pdata[i];
      g_auto (Candidate) free_one = { NULL };

      if (strstr (stuck->str, conversation->site_id) != NULL)
        continue;
      if (!choose (tx, department, conversation, &free_one, error))
        return FALSE;
      if (free_one.agent == NULL)
        g_string_append (stuck, conversation->site_id);
      else if (assign (tx, department, conversation, free_one.agent, NULL, error))
        (*left)--;
      else
        return FALSE;
    }
  return TRUE;
}

/* A site for which nobody is free holds up no other: while what was read is full of its conversations, those behind them are looked at. */
static gboolean
give_department (CfdTx *tx, const CfDepartment *department, guint *left, GError **error)
{
  g_autoptr (GString) stuck = g_string_new (NULL);
  gboolean again = TRUE;

  while (again && *left > 0)
    {
      guint limit = *left;
      gsize known = stuck->len;
      g_autoptr (GPtrArray) queue = cfd_routing_store_queue (tx, department->parent.id, stuck->str, limit, error);

      if (queue == NULL || !give_queue (tx, department, queue, stuck, left, error))
        return FALSE;
      again = queue->len == limit && stuck->len > known;
    }
  return TRUE;
}

/**
 * cfd_routing_offer:
 * @conversation: as this call has stored it; one that is nobody's and in a department that gives by itself gets its agent now
 * @touched: (nullable): gets the event
 *
 * After a visitor's text, and after a move to another department. When others of its site were there before it, or nobody is free, it waits for
 * cfd_routing_give(), which follows every change that may let it go on.
 */
gboolean
cfd_routing_offer (CfdTx *tx, CfConversation *conversation, GPtrArray *touched, GError **error)
{
  g_autoptr (CfDepartment) department = NULL;
  g_autoptr (CfConversation) first = NULL;
  g_auto (Candidate) free_one = { NULL };

  if (!is_in_queue (conversation))
    return TRUE;
  if (!cfd_tx_lookup (tx, &cf_department_shape, conversation->department_id, &department, error))
    return FALSE;
  if (department == NULL || department->parent.deleted || department->assignment == CF_ASSIGNMENT_OFF)
    return TRUE;
  if (!cfd_routing_store_first (tx, department->parent.id, conversation->site_id, &first, error))
    return FALSE;
  if (first == NULL || g_strcmp0 (first->parent.id, conversation->parent.id) != 0)
    return TRUE;
  if (!choose (tx, department, conversation, &free_one, error))
    return FALSE;
  return free_one.agent == NULL || assign (tx, department, conversation, free_one.agent, touched, error);
}

/**
 * cfd_routing_give:
 * @step: (out)
 *
 * Gives what waits in the departments of an organisation to members who are free, in the order in which it came.
 */
gboolean
cfd_routing_give (CfdTx *tx, const char *organisation_id, CfdRoutingStep *step, GError **error)
{
  g_autoptr (GPtrArray) departments = cfd_routing_store_departments (tx, organisation_id, error);
  guint left = CFD_ROUTING_STEP;

  if (departments == NULL)
    return FALSE;
  for (guint i = 0; i < departments->len && left > 0; i++)
    if (!give_department (tx, departments->pdata[i], &left, error))
      return FALSE;
  *step = (CfdRoutingStep) { departments->len > 0, left == 0 };
  return TRUE;
}

static gboolean
hand_back_of (CfdTx *tx, const char *organisation_id, const char *agent_id, guint *left, GError **error)
{
  g_autoptr (GPtrArray) waiting = cfd_routing_store_waiting (tx, organisation_id, agent_id, *left, error);

  if (waiting == NULL)
    return FALSE;
  for (guint i = 0; i < waiting->len; i++)
    {
      CfConversation *conversation = waiting->pdata[i];
      g_autofree char *gone = NULL;
      gboolean by_system = FALSE;

      if (!cfd_routing_store_by_system (tx, conversation->parent.id, &by_system, error))
        return FALSE;
      if (!by_system)
        continue;
      replace (&conversation->assignee_id, NULL);
      gone = g_steal_pointer (&conversation->assignee_name);
      if (!cfd_tx_put (tx, conversation, error) || !add_event (tx, conversation, CF_MESSAGE_EVENT_UNASSIGNED, gone, NULL, error))
        return FALSE;
      (*left)--;
    }
  return TRUE;
}

/**
 * cfd_routing_hand_back:
 * @gone_ms: for so long an agent has had no connection
 * @step: (out): "more" when something was handed back
 *
 * Takes from agents who are gone what was given to them by itself and has a visitor who waits; also from those who have left the
 * department since, or whose account was switched off.
 */
gboolean
cfd_routing_hand_back (CfdTx *tx, const char *organisation_id, gint64 gone_ms, CfdRoutingStep *step, GError **error)
{
  g_autoptr (GPtrArray) departments = cfd_routing_store_departments (tx, organisation_id, error);
  g_autoptr (GPtrArray) agents = departments != NULL && departments->len > 0 ? cfd_accounts_list_agents (tx, organisation_id, error) : NULL;
  guint left = CFD_ROUTING_STEP;

  if (departments == NULL || (departments->len > 0 && agents == NULL))
    return FALSE;
  for (guint i = 0; agents != NULL && i < agents->len && left > 0; i++)
    {
      const char *id = CF_RECORD (agents->pdata[i])->id;

      if (cfd_roster_is_gone (id, gone_ms) && !hand_back_of (tx, organisation_id, id, &left, error))
        return FALSE;
    }
  *step = (CfdRoutingStep) { departments->len > 0, left < CFD_ROUTING_STEP };
  return TRUE;
}
