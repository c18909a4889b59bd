/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hit-store.h"

#include "protocol/methods/goal-params.h"
#include "protocol/methods/privacy-params.h"
#include "protocol/methods/trigger-params.h"

#define DAY_MS (G_GINT64_CONSTANT (86400) * 1000)

#define HITS "SELECT id, trigger_id, visitor_id, department_id, converted_at FROM trigger_hit WHERE "

static gint64
day_of (gint64 ms)
{
  return ms / DAY_MS;
}

/* Takes @rows. Returns: (nullable): NULL without error when there is none */
static CfdHit *
read_hit (CfdRows *rows, GError **error)
{
  g_autoptr (CfdRows) from = rows;
  CfdHit *hit;

  if (from == NULL || !cfd_rows_next (from, error))
    return NULL;
  hit = g_new0 (CfdHit, 1);
  hit->id = g_strdup (cfd_rows_text (from, 0));
  hit->trigger_id = g_strdup (cfd_rows_text (from, 1));
  hit->visitor_id = g_strdup (cfd_rows_text (from, 2));
  hit->department_id = g_strdup (cfd_rows_text (from, 3));
  hit->converted_at = cfd_rows_integer (from, 4);
  return hit;
}

void
cfd_hit_free (CfdHit *self)
{
  g_free (self->id);
  g_free (self->trigger_id);
  g_free (self->visitor_id);
  g_free (self->department_id);
  g_free (self);
}

/**
 * cfd_hit_store_get:
 * Returns: (transfer full) (nullable): NULL without error when there is none; the same below
 */
CfdHit *
cfd_hit_store_get (CfdTx *tx, const char *id, GError **error)
{
  return read_hit (cfd_tx_query (tx, error, HITS "id = $1", "t", id), error);
}

gboolean
cfd_hit_store_add (CfdTx *tx, const CfdCaller *visitor, const char *id, const char *trigger_id, const char *visit_id, const char *department_id,
                   gboolean spoke, GError **error)
{
  return cfd_tx_execute (tx, error, "INSERT INTO trigger_hit (id, trigger_id, organisation_id, visitor_id, visit_id, at, department_id, spoke)"
                         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                         "tttttiti", id, trigger_id, visitor->organisation_id, visitor->id, visit_id, cfd_tx_now (tx), department_id, (gint64) spoke);
}

/**
 * cfd_hit_store_since:
 * Returns: how often the visitor has met the trigger since then; -1 with an error
 */
gint64
cfd_hit_store_since (CfdTx *tx, const char *visitor_id, const char *trigger_id, gint64 since, GError **error)
{
  return cfd_rows_only (cfd_tx_query (tx, error, "SELECT count(*) FROM trigger_hit WHERE visitor_id = $1 AND at > $2 AND trigger_id = $3", "tit",
                                      visitor_id, since, trigger_id), error);
}

/**
 * cfd_hit_store_spoken:
 * Returns: how many triggers have shown the visitor something since then; -1 with an error
 */
gint64
cfd_hit_store_spoken (CfdTx *tx, const char *visitor_id, gint64 since, GError **error)
{
  return cfd_rows_only (cfd_tx_query (tx, error, "SELECT count(*) FROM trigger_hit WHERE visitor_id = $1 AND at > $2 AND spoke = 1", "ti", visitor_id,
                                      since), error);
}

gint64
cfd_hit_store_in_visit (CfdTx *tx, const char *visitor_id, const char *trigger_id, const char *visit_id, GError **error)
{
  return cfd_rows_only (cfd_tx_query (tx, error, "SELECT count(*) FROM trigger_hit WHERE visit_id = $1 AND visitor_id = $2 AND trigger_id = $3", "ttt",
                                      visit_id, visitor_id, trigger_id), error);
}

/**
 * cfd_hit_store_unanswered:
 * Returns: (transfer full) (nullable): the last one
 */
CfdHit *
cfd_hit_store_unanswered (CfdTx *tx, const char *visitor_id, gint64 since, GError **error)
{
  return read_hit (cfd_tx_query (tx, error, HITS "visitor_id = $1 AND at > $2 AND answered_at = 0 ORDER BY at DESC LIMIT 1", "ti", visitor_id,
                                 since), error);
}

/**
 * cfd_hit_store_answer:
 * The visitor has written: it was this one that they answered, and what they met before is answered by nothing any more.
 */
gboolean
cfd_hit_store_answer (CfdTx *tx, const CfdHit *hit, GError **error)
{
  return cfd_tx_execute (tx, error, "UPDATE trigger_hit SET answered_at = CASE WHEN id = $2 THEN $3 ELSE -1 END WHERE visitor_id = $1 AND answered_at = 0",
                         "tti", hit->visitor_id, hit->id, cfd_tx_now (tx));
}

/**
 * cfd_hit_store_last:
 * Returns: (transfer full) (nullable): the one that the visitor has answered last since then, or else met last
 */
CfdHit *
cfd_hit_store_last (CfdTx *tx, const char *visitor_id, gint64 since, GError **error)
{
  return read_hit (cfd_tx_query (tx, error, HITS "visitor_id = $1 AND at > $2 ORDER BY CASE WHEN answered_at > 0 THEN answered_at ELSE 0 END DESC,"
                                 " at DESC LIMIT 1", "ti", visitor_id, since), error);
}

gboolean
cfd_hit_store_convert (CfdTx *tx, const CfdHit *hit, GError **error)
{
  return cfd_tx_execute (tx, error, "UPDATE trigger_hit SET converted_at = $2 WHERE id = $1", "ti", hit->id, cfd_tx_now (tx));
}

gboolean
cfd_hit_store_count (CfdTx *tx, const char *organisation_id, const char *trigger_id, CfdCount what, GError **error)
{
  return cfd_tx_execute (tx, error,
                         "INSERT INTO trigger_day (trigger_id, day, organisation_id, shown, answered, converted) VALUES ($1, $2, $3, $4, $5, $6)"
                         " ON CONFLICT (trigger_id, day) DO UPDATE SET shown = trigger_day.shown + excluded.shown,"
                         " answered = trigger_day.answered + excluded.answered, converted = trigger_day.converted + excluded.converted",
                         "titiii", trigger_id, day_of (cfd_tx_now (tx)), organisation_id, (gint64) (what == CFD_COUNT_SHOWN),
                         (gint64) (what == CFD_COUNT_ANSWERED), (gint64) (what == CFD_COUNT_CONVERTED));
}

/**
 * cfd_hit_store_numbers:
 * @days: the last ones, today included
 *
 * Returns: (transfer full): of CfTriggerNumber
 */
GPtrArray *
cfd_hit_store_numbers (CfdTx *tx, const char *organisation_id, gint64 days, GError **error)
{
  g_autoptr (CfdRows) rows = cfd_tx_query (tx, error,
                                           "SELECT trigger_id, sum(shown), sum(answered), sum(converted) FROM trigger_day"
                                           " WHERE organisation_id = $1 AND day > $2 GROUP BY trigger_id",
                                           "ti", organisation_id, day_of (cfd_tx_now (tx)) - days);
  g_autoptr (GPtrArray) numbers = cf_structs_new ();
  g_autoptr (GError) problem = NULL;

  if (rows == NULL)
    return NULL;
  while (cfd_rows_next (rows, &problem))
    {
      CfTriggerNumber *number = cf_struct_new (&cf_trigger_number_shape);

      number->trigger_id = g_strdup (cfd_rows_text (rows, 0));
      number->shown = cfd_rows_integer (rows, 1);
      number->answered = cfd_rows_integer (rows, 2);
      number->converted = cfd_rows_integer (rows, 3);
      g_ptr_array_add (numbers, number);
    }
  if (problem == NULL)
    return g_steal_pointer (&numbers);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/**
 * cfd_hit_store_reach:
 * @cause: the visit, the look at a page or the event by which the goal was reached
 * @first: (out): FALSE when that was known
 */
gboolean
cfd_hit_store_reach (CfdTx *tx, const CfdCaller *visitor, const char *goal_id, const char *cause, const char *visit_id, gboolean *first,
                     GError **error)
{
  gint64 known = cfd_rows_only (cfd_tx_query (tx, error, "SELECT count(*) FROM goal_hit WHERE goal_id = $1 AND cause = $2", "tt", goal_id, cause), error);

  if (known < 0)
    return FALSE;
  *first = known == 0;
  return !*first || cfd_tx_execute (tx, error, "INSERT INTO goal_hit (goal_id, cause, visitor_id, visit_id, at) VALUES ($1, $2, $3, $4, $5)", "tttti",
                                    goal_id, cause, visitor->id, visit_id, cfd_tx_now (tx));
}

gboolean
cfd_hit_store_count_goal (CfdTx *tx, const char *organisation_id, const CfdGoalCount *count, GError **error)
{
  return cfd_tx_execute (tx, error,
                         "INSERT INTO goal_day (goal_id, day, site_id, agent_id, trigger_id, organisation_id, reached, with_conversation, value)"
                         " VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8)"
                         " ON CONFLICT (goal_id, day, site_id, agent_id, trigger_id) DO UPDATE SET reached = goal_day.reached + 1,"
                         " with_conversation = goal_day.with_conversation + excluded.with_conversation, value = goal_day.value + excluded.value",
                         "titttt" "ii", count->goal_id, day_of (cfd_tx_now (tx)), count->site_id, count->agent_id != NULL ? count->agent_id : "",
                         count->trigger_id != NULL ? count->trigger_id : "", organisation_id, (gint64) count->with_conversation, count->value);
}

static char *
dup_id (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

/**
 * cfd_hit_store_goals:
 * @sites: (nullable): ids of the only sites that count, one after the other; NULL = all
 * Returns: (transfer full): of CfGoalNumber, the most frequent first
 */
GPtrArray *
cfd_hit_store_goals (CfdTx *tx, const char *organisation_id, const char *sites, gint64 days, gint64 limit, GError **error)
{
  g_autoptr (CfdRows) rows = cfd_tx_query (tx, error,
                                           "SELECT goal_id, site_id, agent_id, trigger_id, sum(reached) AS times, sum(with_conversation), sum(value)"
                                           " FROM goal_day WHERE organisation_id = $1 AND day > $2 AND ($4 IS NULL OR instr ($4, site_id) > 0)"
                                           " GROUP BY goal_id, site_id, agent_id, trigger_id"
                                           " ORDER BY times DESC LIMIT $3",
                                           "tiit", organisation_id, day_of (cfd_tx_now (tx)) - days, limit, sites);
  g_autoptr (GPtrArray) numbers = cf_structs_new ();
  g_autoptr (GError) problem = NULL;

  if (rows == NULL)
    return NULL;
  while (cfd_rows_next (rows, &problem))
    {
      CfGoalNumber *number = cf_struct_new (&cf_goal_number_shape);

      number->goal_id = g_strdup (cfd_rows_text (rows, 0));
      number->site_id = g_strdup (cfd_rows_text (rows, 1));
      number->agent_id = dup_id (cfd_rows_text (rows, 2));
      number->trigger_id = dup_id (cfd_rows_text (rows, 3));
      number->reached = cfd_rows_integer (rows, 4);
      number->with_conversation = cfd_rows_integer (rows, 5);
      number->value = cfd_rows_integer (rows, 6);
      g_ptr_array_add (numbers, number);
    }
  if (problem == NULL)
    return g_steal_pointer (&numbers);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/**
 * cfd_hit_store_forget:
 * What is known of one visit goes; the days stay counted. That a trigger was met stays, without saying where: or who takes consent back
 * and gives it again would meet it as often as they like.
 */
gboolean
cfd_hit_store_forget (CfdTx *tx, const char *visitor_id, const char *visit_id, GError **error)
{
  return cfd_tx_execute (tx, error, "UPDATE trigger_hit SET visit_id = '' WHERE visit_id = $1 AND visitor_id = $2", "tt", visit_id, visitor_id)
         && cfd_tx_execute (tx, error, "DELETE FROM goal_hit WHERE visit_id = $1 AND visitor_id = $2", "tt", visit_id, visitor_id);
}

/**
 * cfd_hit_store_met:
 * Returns: (transfer full): of CfMetTrigger, without names: all that the visitor has met
 */
GPtrArray *
cfd_hit_store_met (CfdTx *tx, const char *visitor_id, GError **error)
{
  g_autoptr (CfdRows) rows = cfd_tx_query (tx, error,
                                           "SELECT id, trigger_id, visit_id, department_id, at, answered_at, converted_at FROM trigger_hit"
                                           " WHERE visitor_id = $1",
                                           "t", visitor_id);
  g_autoptr (GPtrArray) all = cf_structs_new ();
  g_autoptr (GError) problem = NULL;

  if (rows == NULL)
    return NULL;
  while (cfd_rows_next (rows, &problem))
    {
      CfMetTrigger *met = cf_struct_new (&cf_met_trigger_shape);

      met->id = g_strdup (cfd_rows_text (rows, 0));
      met->trigger_id = g_strdup (cfd_rows_text (rows, 1));
      met->visit_id = dup_id (cfd_rows_text (rows, 2));
      met->department_id = dup_id (cfd_rows_text (rows, 3));
      met->at = cfd_rows_integer (rows, 4);
      met->answered_at = MAX (cfd_rows_integer (rows, 5), 0);
      met->converted_at = cfd_rows_integer (rows, 6);
      g_ptr_array_add (all, met);
    }
  if (problem == NULL)
    return g_steal_pointer (&all);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/**
 * cfd_hit_store_reached:
 * Returns: (transfer full): of CfReachedGoal, without names: all that the visitor has reached
 */
GPtrArray *
cfd_hit_store_reached (CfdTx *tx, const char *visitor_id, GError **error)
{
  g_autoptr (CfdRows) rows = cfd_tx_query (tx, error, "SELECT goal_id, cause, visit_id, at FROM goal_hit WHERE visitor_id = $1", "t", visitor_id);
  g_autoptr (GPtrArray) all = cf_structs_new ();
  g_autoptr (GError) problem = NULL;

  if (rows == NULL)
    return NULL;
  while (cfd_rows_next (rows, &problem))
    {
      CfReachedGoal *reached = cf_struct_new (&cf_reached_goal_shape);

      reached->goal_id = g_strdup (cfd_rows_text (rows, 0));
      reached->cause = g_strdup (cfd_rows_text (rows, 1));
      reached->visit_id = dup_id (cfd_rows_text (rows, 2));
      reached->at = cfd_rows_integer (rows, 3);
      g_ptr_array_add (all, reached);
    }
  if (problem == NULL)
    return g_steal_pointer (&all);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

gboolean
cfd_hit_store_trim (CfdTx *tx, gint64 before, GError **error)
{
  return cfd_tx_execute (tx, error, "DELETE FROM trigger_hit WHERE at < $1", "i", before)
         && cfd_tx_execute (tx, error, "DELETE FROM goal_hit WHERE at < $1", "i", before);
}
