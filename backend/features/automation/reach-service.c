/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reach-service.h"

#include "backend/db/lookup.h"
#include "backend/features/conversations/conversation-service.h"
#include "glob.h"
#include "goal-store.h"
#include "hit-store.h"
#include "protocol/methods/trigger-params.h"
#include "protocol/records/visitor.h"
#include "trigger.h"

#include <string.h>

#define DAY_MS (G_GINT64_CONSTANT (86400) * 1000)

struct _CfdGoalBook
{
  GHashTable *goals; /* organisation id -> GPtrArray of CfGoal */
};

static GPtrArray *
goals_of (CfdGoalBook *self, CfdTx *tx, const char *organisation_id, GError **error)
{
  GPtrArray *goals = g_hash_table_lookup (self->goals, organisation_id);

  if (goals != NULL)
    return goals;
  goals = cfd_goal_store_list (tx, organisation_id, error);
  if (goals != NULL)
    g_hash_table_insert (self->goals, g_strdup (organisation_id), goals);
  return goals;
}

static gboolean
is_reached (const CfGoal *goal, const CfdCaller *visitor, const CfdGoalCause *cause)
{
  if (!goal->enabled || goal->pattern == NULL || !cfd_trigger_is_for (goal->sites, visitor->site_id))
    return FALSE;
  if (goal->kind == CF_GOAL_EVENT)
    return cause->event != NULL && strcmp (goal->pattern, cause->event) == 0;
  return cause->url != NULL && cfd_glob_matches_url (goal->pattern, cause->url);
}

/* Who was erased while this was under way reaches nothing. */
static gboolean
is_erased (CfdTx *tx, const CfdCaller *visitor, gboolean *erased, GError **error)
{
  g_autoptr (CfVisitor) record = NULL;

  if (!cfd_tx_lookup (tx, &cf_visitor_shape, visitor->id, &record, error))
    return FALSE;
  *erased = record != NULL && record->parent.deleted;
  return TRUE;
}

/* Counts it, for the agent of the visitor's last conversation and the trigger that they have answered, or met. */
static gboolean
count (CfdTx *tx, const CfGoal *goal, const CfdCaller *visitor, const CfdGoalCause *cause, GError **error)
{
  gint64 since = cfd_tx_now (tx) - goal->days * DAY_MS;
  g_autoptr (CfConversation) conversation = NULL;
  g_autoptr (GError) problem = NULL;
  g_autoptr (CfdHit) hit = cfd_hit_store_last (tx, visitor->id, since, &problem);
  CfdGoalCount what = { .goal_id = goal->parent.id, .site_id = visitor->site_id };

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (!cfd_conversations_last_of (tx, visitor->id, since, &conversation, error))
    return FALSE;
  what.agent_id = conversation != NULL ? conversation->assignee_id : NULL;
  what.trigger_id = hit != NULL ? hit->trigger_id : NULL;
  what.with_conversation = conversation != NULL;
  what.value = goal->value_of_event && cause->value > 0 ? cause->value : goal->value;
  if (hit != NULL && hit->converted_at == 0
      && (!cfd_hit_store_convert (tx, hit, error)
          || !cfd_hit_store_count (tx, visitor->organisation_id, hit->trigger_id, CFD_COUNT_CONVERTED, error)))
    return FALSE;
  return cfd_hit_store_count_goal (tx, visitor->organisation_id, &what, error);
}

static gboolean
reach (CfdTx *tx, const CfGoal *goal, const CfdCaller *visitor, const CfdGoalCause *cause, GError **error)
{
  gboolean erased, first;

  if (!is_erased (tx, visitor, &erased, error))
    return FALSE;
  if (erased)
    return TRUE;
  if (!cfd_hit_store_reach (tx, visitor, goal->parent.id, goal->each_time ? cause->id : cause->visit_id, cause->visit_id, &first, error))
    return FALSE;
  return !first || count (tx, goal, visitor, cause, error);
}

CfdGoalBook *
cfd_goal_book_new (void)
{
  CfdGoalBook *self = g_new0 (CfdGoalBook, 1);

  self->goals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  return self;
}

/**
 * cfd_goal_book_reach:
 * Counts the goals that are reached by it: each once in a visit, or each time. What was told twice counts once.
 */
gboolean
cfd_goal_book_reach (CfdGoalBook *self, CfdTx *tx, const CfdCaller *visitor, const CfdGoalCause *cause, GError **error)
{
  GPtrArray *goals = goals_of (self, tx, visitor->organisation_id, error);

  if (goals == NULL)
    return FALSE;
  for (guint i = 0; i < goals->len; i++)
    if (is_reached (goals->pdata[i], visitor, cause) && !reach (tx, goals->pdata[i], visitor, cause, error))
      return FALSE;
  return TRUE;
}

void
cfd_goal_book_free (CfdGoalBook *self)
{
  g_hash_table_unref (self->goals);
  g_free (self);
}

/**
 * cfd_goals_forget:
 * The visitor does not want to be followed any more: of the visit nothing stays but that a trigger was met.
 */
gboolean
cfd_goals_forget (CfdTx *tx, const char *visitor_id, const char *visit_id, GError **error)
{
  return cfd_hit_store_forget (tx, visitor_id, visit_id, error);
}

/**
 * cfd_goals_trim:
 * What was met or reached is forgotten when no cap and no goal asks for it any more.
 */
gboolean
cfd_goals_trim (CfdTx *tx, GError **error)
{
  return cfd_hit_store_trim (tx, cfd_tx_now (tx) - MAX (CF_TRIGGER_CAP_DAYS_MAX, CF_GOAL_DAYS_MAX) * DAY_MS, error);
}
