/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dry-run-service.h"

#include "backend/features/monitor/visit-service.h"
#include "backend/features/sites/site-service.h"
#include "protocol/records/site.h"
#include "saving.h"
#include "visitor-facts.h"

#define DAY_MS (G_GINT64_CONSTANT (86400) * 1000)

static int
last_first (gconstpointer a, gconstpointer b)
{
  const CfVisit *left = *(const CfVisit *const *) a, *right = *(const CfVisit *const *) b;

  return (left->ended < right->ended) - (left->ended > right->ended);
}

/* Returns: (transfer full): of CfVisit, of all sites that are meant, at most one more than is looked at */
static GPtrArray *
read_visits (CfdTx *tx, const CfdCaller *by, const CfTriggerDryRunParams *params, GError **error)
{
  g_autoptr (GPtrArray) sites = cfd_sites_list (tx, by->organisation_id, error), visits = cf_structs_new ();
  gint64 days = params->days > 0 ? params->days : CF_TRIGGER_DAYS_DEFAULT;

  for (guint i = 0; sites != NULL && i < sites->len; i++)
    {
      const CfSite *site = sites->pdata[i];
      GPtrArray *some;

      if (!cfd_trigger_is_for (params->sites, site->parent.id) || !cfd_caller_sees (by, site->parent.id))
        continue;
      some = cfd_visits_recent (tx, site->parent.id, cfd_tx_now (tx) - days * DAY_MS, CF_DRY_RUN_VISITS + 1, error);
      if (some == NULL)
        return NULL;
      g_ptr_array_extend_and_steal (visits, some);
    }
  g_ptr_array_sort (visits, last_first);
  if (visits->len > CF_DRY_RUN_VISITS + 1)
    g_ptr_array_set_size (visits, CF_DRY_RUN_VISITS + 1);
  return sites != NULL ? g_steal_pointer (&visits) : NULL;
}

/* What could not be told of a visit that is over counts as so where all conditions are needed, and as not so where one is enough. */
static gboolean
would_act (const CfTriggerRules *rules, const CfdTriggerFacts *facts)
{
  CfdTruth truth = cfd_trigger_judge (rules, facts);

  return truth == CFD_TRUTH_YES || (truth == CFD_TRUTH_UNKNOWN && !rules->any);
}

/* Returns: (nullable): the first page on which the trigger would have acted */
static const CfPageView *
find_page (const CfVisit *visit, const CfTriggerRules *rules, CfdTriggerFacts *facts, const char *time_zone)
{
  gint64 unseen = visit->n_pages - visit->pages->len;

  for (guint i = visit->pages->len; i > 0; i--)
    {
      const CfPageView *page = visit->pages->pdata[i - 1];

      facts->url = page->url;
      facts->page_seconds = page->visible / 1000;
      facts->site_seconds = (page->at + page->visible - visit->began) / 1000;
      facts->pages = unseen + visit->pages->len - i + 1;
      facts->minutes = cfd_visitor_facts_clock (time_zone, page->at);
      if (would_act (rules, facts))
        return page;
    }
  return NULL;
}

static gboolean
look_at (CfdTx *tx, const CfVisit *visit, const CfTriggerRules *rules, CfTriggerDryRunResult *result, GError **error)
{
  CfdTriggerFacts facts = { .page = TRUE, .referrer = visit->referrer, .landing = visit->landing, .languages = visit->languages,
                            .events = visit->events, .country = visit->country, .agents = -1 };
  g_autoptr (CfVisitor) visitor = NULL;
  g_autofree char *zone = NULL;
  const CfPageView *page;
  CfTriggerExample *example;

  if (!cfd_visitor_facts_shown (tx, visit->visitor_id, &visitor, error) || !cfd_visitor_facts_zone (tx, visit->site_id, &zone, error)
      || !cfd_visits_returning (tx, visit->visitor_id, visit->id, &facts.returning, error))
    return FALSE;
  facts.visitor = visitor;
  page = find_page (visit, rules, &facts, zone);
  if (page == NULL)
    return TRUE;
  result->matched++;
  if (result->examples->len == CF_DRY_RUN_EXAMPLES)
    return TRUE;
  example = cf_struct_new (&cf_trigger_example_shape);
  example->visit_id = g_strdup (visit->id);
  example->visitor_id = g_strdup (visit->visitor_id);
  example->name = g_strdup (visitor != NULL ? visitor->name : NULL);
  example->site_id = g_strdup (visit->site_id);
  example->url = g_strdup (page->url);
  example->at = page->at;
  g_ptr_array_add (result->examples, example);
  return TRUE;
}

/* Returns: (transfer full) (nullable): the kinds of conditions that nobody can tell afterwards, each once */
static char **
list_unjudged (const CfTriggerRules *rules)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (CfTriggerKind kind = 0; cf_trigger_kind_words[kind] != NULL; kind++)
    if (!cf_trigger_kind_is_stored (kind) && cfd_trigger_asks_for (rules, kind))
      g_ptr_array_add (words, g_strdup (cf_trigger_kind_words[kind]));
  if (words->len == 0)
    return NULL;
  g_ptr_array_add (words, NULL);
  return (char **) g_ptr_array_steal (words, NULL);
}

/**
 * cfd_dry_run:
 * In how many of the last visits a trigger would have acted, by what was stored of them. Caps are not asked.
 */
CfTriggerDryRunResult *
cfd_dry_run (CfdTx *tx, const CfdCaller *by, const CfTriggerDryRunParams *params, GError **error)
{
  g_autoptr (CfTriggerDryRunResult) result = cf_struct_new (&cf_trigger_dry_run_result_shape);
  g_autoptr (GPtrArray) visits = NULL;

  if (!cf_trigger_rules_check (params->rules, error) || !cfd_saving_check_sites (tx, by, params->sites, error))
    return NULL;
  visits = read_visits (tx, by, params, error);
  if (visits == NULL)
    return NULL;
  result->more = visits->len > CF_DRY_RUN_VISITS;
  result->visits = MIN (visits->len, CF_DRY_RUN_VISITS);
  result->unjudged = list_unjudged (params->rules);
  result->examples = cf_structs_new ();
  for (guint i = 0; i < result->visits; i++)
    if (!look_at (tx, visits->pdata[i], params->rules, result, error))
      return NULL;
  return g_steal_pointer (&result);
}
