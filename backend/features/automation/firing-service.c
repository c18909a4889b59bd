/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "firing-service.h"

#include "backend/db/lookup.h"
#include "backend/features/accounts/account-service.h"
#include "backend/features/conversations/greeting-service.h"
#include "backend/features/conversations/conversation-service.h"
#include "backend/features/departments/department-service.h"
#include "backend/features/monitor/visit-service.h"
#include "backend/features/visitors/visitor-service.h"
#include "hit-store.h"
#include "protocol/error.h"
#include "protocol/methods/signal.h"
#include "protocol/records/department.h"
#include "protocol/records/site.h"
#include "protocol/records/tag.h"
#include "trigger-store.h"
#include "visitor-facts.h"

#define DAY_MS (G_GINT64_CONSTANT (86400) * 1000)

static gboolean
require_visitor (const CfdCaller *visitor, GError **error)
{
  if (visitor->id != NULL)
    return TRUE;
  g_set_error_literal (error, CF_ERROR, CF_ERROR_UNAUTHENTICATED, "token: a visitor needs one to be recognised on the next page");
  return FALSE;
}

/* Whether the visitor has met it as often as they may. */
static gboolean
is_spent (CfdTx *tx, const CfTrigger *trigger, const CfdCaller *visitor, const char *visit_id, gboolean *spent, GError **error)
{
  gint64 now = cfd_tx_now (tx), since = now - CFD_TRIGGER_PAUSE_MS, met, here = 0;

  if (trigger->cap == CF_TRIGGER_CAP_DAYS)
    since = now - trigger->cap_days * DAY_MS;
  else if (trigger->cap == CF_TRIGGER_CAP_EVER)
    since = 0;
  met = cfd_hit_store_since (tx, visitor->id, trigger->parent.id, since, error);
  if (met == 0)
    here = cfd_hit_store_in_visit (tx, visitor->id, trigger->parent.id, visit_id, error);
  *spent = met > 0 || here > 0;
  return met >= 0 && here >= 0;
}

static gboolean
is_talking (CfdTx *tx, const CfdCaller *visitor, gboolean *talking, GError **error)
{
  g_autoptr (CfConversation) conversation = NULL;

  if (!cfd_conversations_open_of (tx, visitor->id, &conversation, error))
    return FALSE;
  *talking = conversation != NULL;
  return TRUE;
}

/* Somebody talks with the visitor, or a trigger has just shown them something. */
static gboolean
is_busy (CfdTx *tx, const CfdCaller *visitor, gboolean *busy, GError **error)
{
  gint64 spoken = cfd_hit_store_spoken (tx, visitor->id, cfd_tx_now (tx) - CFD_TRIGGER_QUIET_MS, error);

  if (spoken < 0 || !is_talking (tx, visitor, busy, error))
    return FALSE;
  *busy |= spoken > 0;
  return TRUE;
}

/* Whether it may act, for all that the server knows. */
static gboolean
is_possible (CfdTx *tx, const CfTrigger *trigger, const CfdCaller *visitor, const char *visit_id, const CfdTriggerFacts *facts, gboolean busy,
             gboolean *possible, GError **error)
{
  gboolean spent;

  *possible = FALSE;
  if (!trigger->enabled || trigger->rules == NULL || trigger->actions == NULL || !cfd_trigger_is_for (trigger->sites, visitor->site_id)
      || (busy && cfd_trigger_speaks (trigger)) || cfd_trigger_judge (trigger->rules, facts) == CFD_TRUTH_NO)
    return TRUE;
  if (!is_spent (tx, trigger, visitor, visit_id, &spent, error))
    return FALSE;
  *possible = !spent;
  return TRUE;
}

/* What is left for the page to judge. */
static CfTriggerOffer *
offer (const CfTrigger *trigger, const CfdTriggerFacts *facts)
{
  CfTriggerOffer *made = cf_struct_new (&cf_trigger_offer_shape);

  made->id = g_strdup (trigger->parent.id);
  made->conditions = cf_structs_new ();
  if (cfd_trigger_judge (trigger->rules, facts) == CFD_TRUTH_YES)
    return made;
  made->any = trigger->rules->any;
  for (guint i = 0; i < trigger->rules->conditions->len; i++)
    if (cf_trigger_kind_is_page (((const CfTriggerCondition *) trigger->rules->conditions->pdata[i])->kind))
      g_ptr_array_add (made->conditions, cf_struct_ref (trigger->rules->conditions->pdata[i]));
  return made;
}

/**
 * cfd_triggers_offers:
 * What a visitor's page has to look for: the triggers that are still possible for them, without what they do and without what only the server judges.
 */
CfTriggerOffersResult *
cfd_triggers_offers (CfdTx *tx, const CfdCaller *visitor, const CfTriggerOffersParams *params, GError **error)
{
  g_autoptr (CfTriggerOffersResult) result = cf_struct_new (&cf_trigger_offers_result_shape);
  g_autoptr (GPtrArray) triggers = NULL;
  g_autoptr (CfdVisitorFacts) known = NULL;
  gboolean talking;

  result->offers = cf_structs_new ();
  if (!require_visitor (visitor, error))
    return NULL;
  known = cfd_visitor_facts_new (tx, visitor, params->visit_id, error);
  triggers = known != NULL ? cfd_trigger_store_list (tx, visitor->organisation_id, error) : NULL;
  if (triggers == NULL || !is_talking (tx, visitor, &talking, error))
    return NULL;
  for (guint i = 0; i < triggers->len; i++)
    {
      gboolean possible;

      if (!is_possible (tx, triggers->pdata[i], visitor, params->visit_id, &known->facts, talking, &possible, error))
        return NULL;
      if (possible)
        g_ptr_array_add (result->offers, offer (triggers->pdata[i], &known->facts));
    }
  return g_steal_pointer (&result);
}

/* Who speaks: an agent, who may have been renamed or have gone, or a name. */
static gboolean
find_author (CfdTx *tx, const CfTrigger *trigger, const CfdCaller *visitor, char **agent_id, char **name, GError **error)
{
  const CfTriggerActions *actions = trigger->actions;
  g_autoptr (CfAgent) agent = NULL;
  g_autoptr (CfSite) site = NULL;

  if ((actions->agent_id != NULL && !cfd_tx_lookup (tx, &cf_agent_shape, actions->agent_id, &agent, error))
      || !cfd_tx_lookup (tx, &cf_site_shape, visitor->site_id, &site, error))
    return FALSE;
  if (agent != NULL && !agent->disabled && !agent->parent.deleted)
    {
      *agent_id = g_strdup (agent->parent.id);
      *name = g_strdup (agent->name);
    }
  else if (actions->author_name != NULL)
    *name = g_strdup (actions->author_name);
  else if (site != NULL)
    *name = g_strdup (site->appearance != NULL && site->appearance->title != NULL ? site->appearance->title : site->name);
  return TRUE;
}

/* A department that was removed meanwhile is none. */
static gboolean
find_department (CfdTx *tx, const char *organisation_id, const char *id, char **department_id, GError **error)
{
  g_autoptr (CfDepartment) department = NULL;

  *department_id = NULL;
  if (id == NULL)
    return TRUE;
  if (!cfd_tx_lookup (tx, &cf_department_shape, id, &department, error))
    return FALSE;
  if (department != NULL && !department->parent.deleted && g_strcmp0 (department->parent.organisation_id, organisation_id) == 0)
    *department_id = g_strdup (id);
  return TRUE;
}

static gboolean
tag (CfdTx *tx, const CfTrigger *trigger, const CfdCaller *visitor, GError **error)
{
  char *const *tags = trigger->actions->tags;
  g_autoptr (CfVisitor) record = NULL;

  if (tags == NULL || tags[0] == NULL)
    return TRUE;
  record = cfd_visitors_ensure (tx, visitor, error);
  return record != NULL && cfd_visitors_mark (tx, record, (const char *const *) tags, error);
}

static gboolean
calls_agents (const CfTrigger *trigger)
{
  return trigger->actions->notify != NULL && trigger->actions->notify[0] != NULL;
}

/* What agents read: which trigger it was, and where. */
static char *
call_text (const CfTrigger *trigger, const CfTriggerFireParams *params)
{
  return params->url != NULL ? g_strconcat (trigger->name, "\n", params->url, NULL) : g_strdup (trigger->name);
}

/* The words, and the note that calls agents. */
static gboolean
speak (CfdTx *tx, const CfTrigger *trigger, const CfdCaller *visitor, const CfTriggerFireParams *params, GError **error)
{
  const CfTriggerActions *actions = trigger->actions;
  gboolean calls = calls_agents (trigger), talking = FALSE;
  g_autofree char *agent_id = NULL, *name = NULL, *note = NULL;
  CfdGreeting greeting = { .text = actions->message };

  if (actions->message == NULL && calls && !is_talking (tx, visitor, &talking, error))
    return FALSE;
  if (actions->message == NULL && !talking) /* no conversation is begun in which nothing is said */
    return TRUE;
  if (!find_author (tx, trigger, visitor, &agent_id, &name, error))
    return FALSE;
  greeting.agent_id = agent_id;
  greeting.name = name;
  if (calls)
    {
      greeting.note = note = call_text (trigger, params);
      greeting.mentions = actions->notify;
    }
  return cfd_conversations_greet (tx, visitor, &greeting, error);
}

static CfTriggerFireResult *
result_of (CfdTx *tx, const CfTrigger *trigger, const CfdCaller *visitor, GError **error)
{
  g_autoptr (CfTriggerFireResult) result = cf_struct_new (&cf_trigger_fire_result_shape);
  g_autofree char *agent_id = NULL;

  result->fired = TRUE;
  result->bubble = g_strdup (trigger->actions->bubble);
  result->open = trigger->actions->open;
  if (result->bubble != NULL && !find_author (tx, trigger, visitor, &agent_id, &result->author, error))
    return NULL;
  return g_steal_pointer (&result);
}

static CfTriggerFireResult *
act (CfdTx *tx, const CfTrigger *trigger, const CfdCaller *visitor, const CfTriggerFireParams *params, GError **error)
{
  g_autofree char *department_id = NULL;
  g_autoptr (CfTriggerFireResult) result = NULL;
  gboolean talking;

  if (!find_department (tx, visitor->organisation_id, trigger->actions->department_id, &department_id, error) || !tag (tx, trigger, visitor, error)
      || !speak (tx, trigger, visitor, params, error)
      || !cfd_hit_store_add (tx, visitor, params->id, trigger->parent.id, params->visit_id, department_id, cfd_trigger_speaks (trigger), error)
      || !cfd_hit_store_count (tx, visitor->organisation_id, trigger->parent.id, CFD_COUNT_SHOWN, error))
    return NULL;
  result = result_of (tx, trigger, visitor, error);
  if (result == NULL || !is_talking (tx, visitor, &talking, error))
    return NULL;
  if (!talking && calls_agents (trigger))
    {
      g_autofree char *text = call_text (trigger, params);

      result->agents = g_strdupv (trigger->actions->notify);
      result->call = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), CF_TYPING_TEXT_MAX));
    }
  return g_steal_pointer (&result);
}

/* Returns: (transfer full): one of the visitor's organisation and site that is on */
static CfTrigger *
require_trigger (CfdTx *tx, const CfdCaller *visitor, const char *id, GError **error)
{
  g_autoptr (CfTrigger) trigger = cfd_tx_require (tx, &cf_trigger_shape, visitor->organisation_id, id, error);

  if (trigger == NULL)
    return NULL;
  if (trigger->enabled && trigger->rules != NULL && trigger->actions != NULL && cfd_trigger_is_for (trigger->sites, visitor->site_id))
    return g_steal_pointer (&trigger);
  g_set_error_literal (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no such trigger");
  return NULL;
}

/**
 * cfd_triggers_fire:
 * A visitor's page says that what it had to look for is so. What the server knows by itself, and the caps, are judged again; then it acts, once for
 * each params->id.
 *
 * Returns: (transfer full): what the page is to show; that it did not fire, when it may not now
 */
CfTriggerFireResult *
cfd_triggers_fire (CfdTx *tx, const CfdCaller *visitor, const CfTriggerFireParams *params, GError **error)
{
  g_autoptr (CfTrigger) trigger = NULL;
  g_autoptr (CfdHit) hit = NULL;
  g_autoptr (CfdVisitorFacts) known = NULL;
  g_autoptr (GError) problem = NULL;
  gboolean busy, possible;

  if (!require_visitor (visitor, error))
    return NULL;
  trigger = require_trigger (tx, visitor, params->trigger_id, error);
  if (trigger == NULL)
    return NULL;
  hit = cfd_hit_store_get (tx, params->id, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  if (hit != NULL && g_str_equal (hit->visitor_id, visitor->id) && g_str_equal (hit->trigger_id, params->trigger_id))
    return result_of (tx, trigger, visitor, error);
  if (hit != NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "id: was used before, for something else");
      return NULL;
    }
  if (!cfd_visits_is_of (tx, visitor, params->visit_id, error) || !is_busy (tx, visitor, &busy, error))
    return NULL;
  known = cfd_visitor_facts_new (tx, visitor, params->visit_id, error);
  if (known == NULL || !is_possible (tx, trigger, visitor, params->visit_id, &known->facts, busy, &possible, error))
    return NULL;
  return possible ? act (tx, trigger, visitor, params, error) : cf_struct_new (&cf_trigger_fire_result_shape);
}

/**
 * cfd_triggers_answered:
 * @department_id: (out) (nullable) (transfer full): to which the conversation goes by the trigger that was answered
 *
 * A visitor writes, after a time in which they did not: it counts as the answer to the trigger that they met last. Returns: FALSE only on an error.
 */
gboolean
cfd_triggers_answered (CfdTx *tx, const CfdCaller *visitor, char **department_id, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (CfdHit) hit = cfd_hit_store_unanswered (tx, visitor->id, cfd_tx_now (tx) - CFD_TRIGGER_ANSWER_MS, &problem);

  *department_id = NULL;
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  return hit == NULL
         || (cfd_hit_store_answer (tx, hit, error) && cfd_hit_store_count (tx, visitor->organisation_id, hit->trigger_id, CFD_COUNT_ANSWERED, error)
             && find_department (tx, visitor->organisation_id, hit->department_id, department_id, error));
}
