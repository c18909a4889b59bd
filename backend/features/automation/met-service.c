/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "met-service.h"

#include "backend/db/lookup.h"
#include "hit-store.h"
#include "protocol/methods/privacy-params.h"
#include "protocol/records/goal.h"
#include "protocol/records/trigger.h"

#include <string.h>

static int
by_place (gconstpointer a, gconstpointer b)
{
  g_autofree char *left = cfd_met_place (*(const CfStruct *const *) a), *right = cfd_met_place (*(const CfStruct *const *) b);

  return strcmp (left, right);
}

/* What was moved since to where @by sees nothing has no name for them. */
static gboolean
name_trigger (CfdTx *tx, const CfdCaller *by, CfMetTrigger *met, GError **error)
{
  g_autoptr (CfTrigger) trigger = NULL;

  if (!cfd_tx_lookup (tx, &cf_trigger_shape, met->trigger_id, &trigger, error))
    return FALSE;
  if (trigger != NULL && cfd_caller_sees_some (by, trigger->sites))
    met->name = g_strdup (trigger->name);
  return TRUE;
}

static gboolean
name_goal (CfdTx *tx, const CfdCaller *by, CfReachedGoal *reached, GError **error)
{
  g_autoptr (CfGoal) goal = NULL;

  if (!cfd_tx_lookup (tx, &cf_goal_shape, reached->goal_id, &goal, error))
    return FALSE;
  if (goal != NULL && cfd_caller_sees_some (by, goal->sites))
    reached->name = g_strdup (goal->name);
  return TRUE;
}

/**
 * cfd_met_triggers:
 * Returns: (transfer full): of CfMetTrigger, by their places
 */
GPtrArray *
cfd_met_triggers (CfdTx *tx, const CfdCaller *by, const char *visitor_id, GError **error)
{
  g_autoptr (GPtrArray) all = cfd_hit_store_met (tx, visitor_id, error);

  for (guint i = 0; all != NULL && i < all->len; i++)
    if (!name_trigger (tx, by, all->pdata[i], error))
      return NULL;
  if (all != NULL)
    g_ptr_array_sort (all, by_place);
  return g_steal_pointer (&all);
}

/**
 * cfd_reached_goals:
 * Returns: (transfer full): of CfReachedGoal, by their places
 */
GPtrArray *
cfd_reached_goals (CfdTx *tx, const CfdCaller *by, const char *visitor_id, GError **error)
{
  g_autoptr (GPtrArray) all = cfd_hit_store_reached (tx, visitor_id, error);

  for (guint i = 0; all != NULL && i < all->len; i++)
    if (!name_goal (tx, by, all->pdata[i], error))
      return NULL;
  if (all != NULL)
    g_ptr_array_sort (all, by_place);
  return g_steal_pointer (&all);
}

/**
 * cfd_met_place:
 * @one: of one of those lists
 *
 * Returns: (transfer full): what no other one of its list has: an id, or of a goal two with a space between
 */
char *
cfd_met_place (const CfStruct *one)
{
  const CfReachedGoal *reached = (const CfReachedGoal *) one;

  return one->shape == &cf_met_trigger_shape ? g_strdup (((const CfMetTrigger *) one)->id) : g_strconcat (reached->goal_id, " ", reached->cause, NULL);
}
