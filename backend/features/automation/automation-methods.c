/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "automation-methods.h"

#include "backend/hub/hub.h"
#include "backend/rpc/results.h"
#include "dry-run-service.h"
#include "firing-service.h"
#include "goal-service.h"
#include "protocol/methods/results.h"
#include "trigger-service.h"

static gpointer
list_triggers (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_triggers_list (call->tx, call->caller, error));
}

static gpointer
save_trigger (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_triggers_save (call->tx, call->caller, params, error));
}

static gpointer
remove_trigger (CfdCall *call, gconstpointer params, GError **error)
{
  const CfIdParams *p = params;

  return cfd_result_of_record (cfd_triggers_remove (call->tx, call->caller, p->id, error));
}

static gpointer
reorder_triggers (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_triggers_reorder (call->tx, call->caller, params, error));
}

static gpointer
dry_run (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_dry_run (call->tx, call->caller, params, error);
}

static gpointer
trigger_numbers (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_triggers_numbers (call->tx, call->caller, params, error);
}

static gpointer
list_offers (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_triggers_offers (call->tx, call->caller, params, error);
}

static gpointer
fire (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_triggers_fire (call->tx, call->caller, params, error);
}

/* Whom a trigger calls to a visitor with whom nobody talks yet. */
static void
call_agents (CfdHub *hub, const CfdCaller *caller, gpointer result)
{
  const CfTriggerFireResult *fired = result;

  if (fired->agents != NULL)
    cfd_hub_call (hub, caller, fired->agents, fired->call);
}

static gpointer
list_goals (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_records (cfd_goals_list (call->tx, call->caller, error));
}

static gpointer
save_goal (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_result_of_record (cfd_goals_save (call->tx, call->caller, params, error));
}

static gpointer
remove_goal (CfdCall *call, gconstpointer params, GError **error)
{
  const CfIdParams *p = params;

  return cfd_result_of_record (cfd_goals_remove (call->tx, call->caller, p->id, error));
}

static gpointer
goal_numbers (CfdCall *call, gconstpointer params, GError **error)
{
  return cfd_goals_numbers (call->tx, call->caller, params, error);
}

#define LEADERS (CFD_ALLOW_SUPERVISOR | CFD_ALLOW_ADMIN)

static const CfdMethod methods[] = {
  { "trigger.list", CFD_ALLOW_STAFF, CFD_WORK_READ, &cf_no_params_shape, &cf_records_result_shape,
    "GET", "/api/v1/triggers", list_triggers, 1, "What acts by itself when visitors do something." },
  { "trigger.save", LEADERS, CFD_WORK_WRITE, &cf_trigger_save_params_shape, &cf_records_result_shape,
    "PUT", "/api/v1/triggers/{id}", save_trigger, 1, "Make a trigger, or change all of it but its place." },
  { "trigger.remove", LEADERS, CFD_WORK_WRITE, &cf_id_params_shape, &cf_records_result_shape,
    "DELETE", "/api/v1/triggers/{id}", remove_trigger, 1, "Remove a trigger." },
  { "trigger.reorder", LEADERS, CFD_WORK_WRITE, &cf_trigger_reorder_params_shape, &cf_records_result_shape,
    "POST", "/api/v1/triggers/reorder", reorder_triggers, 1, "Which trigger goes first when several could act." },
  { "trigger.dry_run", LEADERS, CFD_WORK_READ, &cf_trigger_dry_run_params_shape, &cf_trigger_dry_run_result_shape,
    "POST", "/api/v1/triggers/dry-run", dry_run, 20, "In how many of the last visits a trigger would have acted." },
  { "trigger.numbers", LEADERS, CFD_WORK_READ, &cf_numbers_params_shape, &cf_trigger_numbers_result_shape,
    "GET", "/api/v1/triggers/numbers", trigger_numbers, 1, "How often triggers were shown, answered, and followed by a goal." },
  { "trigger.offers", CFD_ALLOW_VISITOR, CFD_WORK_READ, &cf_trigger_offers_params_shape, &cf_trigger_offers_result_shape,
    "GET", "/api/v1/visits/{visit_id}/triggers", list_offers, 2, "What a visitor's page has to look for." },
  { "trigger.fire", CFD_ALLOW_VISITOR, CFD_WORK_WRITE, &cf_trigger_fire_params_shape, &cf_trigger_fire_result_shape,
    "POST", "/api/v1/visits/{visit_id}/triggers", fire, 2, "What a visitor's page had to look for is so.",
    .loop_rest = call_agents },
  { "goal.list", CFD_ALLOW_STAFF, CFD_WORK_READ, &cf_no_params_shape, &cf_records_result_shape,
    "GET", "/api/v1/goals", list_goals, 1, "What visitors are wanted to do." },
  { "goal.save", LEADERS, CFD_WORK_WRITE, &cf_goal_save_params_shape, &cf_records_result_shape,
    "PUT", "/api/v1/goals/{id}", save_goal, 1, "Make a goal, or change all of it." },
  { "goal.remove", LEADERS, CFD_WORK_WRITE, &cf_id_params_shape, &cf_records_result_shape,
    "DELETE", "/api/v1/goals/{id}", remove_goal, 1, "Remove a goal." },
  { "goal.numbers", LEADERS, CFD_WORK_READ, &cf_numbers_params_shape, &cf_goal_numbers_result_shape,
    "GET", "/api/v1/goals/numbers", goal_numbers, 1, "How often goals were reached, by site, agent and trigger." },
};

const CfdFeature cfd_automation_feature = { "automation", methods, G_N_ELEMENTS (methods) };
