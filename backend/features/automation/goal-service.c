/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "goal-service.h"

#include "backend/db/lookup.h"
#include "backend/features/audit/audit-service.h"
#include "backend/rpc/reach.h"
#include "goal-store.h"
#include "hit-store.h"
#include "protocol/error.h"
#include "protocol/patch.h"
#include "saving.h"

static gboolean
check (const CfGoalSaveParams *params, GError **error)
{
  const char *problem = NULL;

  if (params->kind == CF_GOAL_URL && params->value_of_event)
    problem = "value_of_event: got it for an address, which has no event";
  else if (params->kind == CF_GOAL_EVENT && g_utf8_strlen (params->pattern, -1) > CF_EVENT_NAME_MAX)
    problem = "pattern: expected the name of an event, of at most " G_STRINGIFY (CF_EVENT_NAME_MAX) " characters";
  if (problem != NULL)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, problem);
  return problem == NULL;
}

/* @have: (nullable). Returns: (transfer full): the goal as the call wants it */
static CfGoal *
make (CfdTx *tx, const CfdCaller *by, const CfGoal *have, const CfGoalSaveParams *params)
{
  CfGoal *goal = have != NULL ? cf_struct_copy (have) : cf_struct_new (&cf_goal_shape);

  if (have == NULL)
    {
      goal->parent.id = g_strdup (params->id);
      goal->parent.organisation_id = g_strdup (by->organisation_id);
      goal->created_at = cfd_tx_now (tx);
    }
  g_free (goal->name);
  goal->name = g_strdup (params->name);
  goal->enabled = params->enabled;
  g_strfreev (goal->sites);
  goal->sites = params->sites != NULL && params->sites[0] != NULL ? g_strdupv (params->sites) : NULL;
  goal->kind = params->kind;
  g_free (goal->pattern);
  goal->pattern = g_strdup (params->pattern);
  goal->value = params->value;
  goal->value_of_event = params->value_of_event;
  goal->each_time = params->each_time;
  goal->days = params->days > 0 ? params->days : CF_GOAL_DAYS_DEFAULT;
  return goal;
}

static gboolean
check_room (CfdTx *tx, const CfdCaller *by, GError **error)
{
  g_autoptr (GPtrArray) all = cfd_goal_store_list (tx, by->organisation_id, error);

  if (all == NULL)
    return FALSE;
  if (all->len >= CF_GOALS_MAX)
    g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "there are %u goals, which is all that there can be", all->len);
  return all->len < CF_GOALS_MAX;
}

/**
 * cfd_goals_list:
 * Returns: (transfer full): those that count on a site of the caller's
 */
GPtrArray *
cfd_goals_list (CfdTx *tx, const CfdCaller *caller, GError **error)
{
  return cfd_saving_list (caller, cfd_goal_store_list (tx, caller->organisation_id, error));
}

/**
 * cfd_goals_save:
 * Makes a goal, or changes all of it. What is so already changes nothing, so that a call whose answer was lost can be sent again.
 *
 * Returns: (transfer full): the goal as it is now
 */
CfGoal *
cfd_goals_save (CfdTx *tx, const CfdCaller *by, const CfGoalSaveParams *params, GError **error)
{
  g_autoptr (CfGoal) have = NULL, wanted = NULL;
  CfdSaved saved;

  if (!check (params, error) || !cfd_saving_check_sites (tx, by, params->sites, error)
      || !cfd_saving_find (tx, by, &cf_goal_shape, params->id, &have, error) || (have == NULL && !check_room (tx, by, error)))
    return NULL;
  wanted = make (tx, by, have, params);
  if (!cfd_saving_check_reach (by, wanted->sites, error) || (have != NULL && !cfd_saving_check_reach (by, have->sites, error)))
    return NULL;
  if (have != NULL && cf_struct_equal (have, wanted))
    return g_steal_pointer (&have);
  saved = (CfdSaved) { &wanted->version, &wanted->changed_by, &wanted->changed_at };
  if (have != NULL && !cfd_saving_check_version (&wanted->parent, &saved, params->version, error))
    return NULL;
  cfd_saving_sign (tx, by, &saved);
  if (!cfd_tx_put (tx, wanted, error)
      || !cfd_audit_note (tx, by, have != NULL ? "goal.update" : "goal.add", &wanted->parent, wanted->name, NULL, error))
    return NULL;
  return g_steal_pointer (&wanted);
}

/**
 * cfd_goals_remove:
 * Returns: (transfer full): its tombstone, also when it was removed before. What was counted stays.
 */
CfGoal *
cfd_goals_remove (CfdTx *tx, const CfdCaller *by, const char *id, GError **error)
{
  gboolean gone;
  g_autoptr (CfGoal) goal = cfd_saving_require (tx, by, &cf_goal_shape, id, &gone, error);

  if (goal == NULL || gone)
    return g_steal_pointer (&goal);
  if (!cfd_saving_check_reach (by, goal->sites, error))
    return NULL;
  goal->parent.deleted = TRUE;
  if (!cfd_tx_put (tx, goal, error) || !cfd_audit_note (tx, by, "goal.remove", &goal->parent, goal->name, NULL, error))
    return NULL;
  return g_steal_pointer (&goal);
}

CfGoalNumbersResult *
cfd_goals_numbers (CfdTx *tx, const CfdCaller *by, const CfNumbersParams *params, GError **error)
{
  gint64 days = params->days > 0 ? params->days : CF_TRIGGER_DAYS_DEFAULT;
  g_autofree char *sites = cfd_reach_list (by);
  g_autoptr (GPtrArray) goals = cfd_hit_store_goals (tx, by->organisation_id, sites, days, CF_GOAL_ROWS_MAX, error);
  CfGoalNumbersResult *result;

  if (goals == NULL)
    return NULL;
  result = cf_struct_new (&cf_goal_numbers_result_shape);
  result->goals = g_steal_pointer (&goals);
  return result;
}
