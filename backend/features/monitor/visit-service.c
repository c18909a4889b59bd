/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visit-service.h"

#include "backend/db/lookup.h"
#include "backend/features/conversations/conversation-service.h"
#include "backend/features/visitors/visitor-service.h"
#include "backend/rpc/reach.h"
#include "place.h"
#include "traffic-source.h"
#include "user-agent.h"
#include "visit-store.h"

#define DAY_MS (G_GINT64_CONSTANT (86400) * 1000)
/* Visits that are removed in one call, so that nobody waits for it. */
#define TRIMMED_AT_ONCE 200

static gboolean
find_person (CfdTx *tx, const CfdCaller *caller, CfMonitorVisitor *facts, GError **error)
{
  g_autoptr (CfVisitor) visitor = NULL;
  g_autoptr (CfConversation) conversation = NULL;

  if (!cfd_tx_lookup (tx, &cf_visitor_shape, caller->id, &visitor, error)
      || !cfd_conversations_open_of (tx, caller->id, &conversation, error))
    return FALSE;
  if (visitor != NULL)
    facts->name = g_strdup (visitor->name);
  if (conversation == NULL)
    return TRUE;
  facts->conversation_id = g_strdup (conversation->parent.id);
  facts->assignee_id = g_strdup (conversation->assignee_id);
  facts->assignee_name = g_strdup (conversation->assignee_name);
  return TRUE;
}

/**
 * cfd_visits_find_out:
 * @look: the first of a visit that we hear of
 *
 * Returns: (transfer full): who that is, from where and with what
 */
CfMonitorVisitor *
cfd_visits_find_out (CfdTx *tx, const CfdLook *look, GError **error)
{
  g_autoptr (CfMonitorVisitor) facts = cf_struct_new (&cf_monitor_visitor_shape);
  const CfVisitPageParams *page = look->page;

  facts->id = g_strdup (look->caller->id);
  facts->visit_id = g_strdup (page->visit_id);
  facts->came = look->at;
  facts->landing = g_strdup (page->landing != NULL ? page->landing : page->url);
  facts->referrer = g_strdup (page->referrer);
  facts->screen = g_strdup (page->screen);
  facts->languages = g_strdup (page->languages);
  facts->time_zone = g_strdup (page->time_zone);
  facts->source = cfd_traffic_source (facts->landing, facts->referrer, &facts->campaign);
  cfd_user_agent_read (page->agent, &facts->browser, &facts->system, &facts->device);
  cfd_place_find (look->caller->address, &facts->city, &facts->country);
  if (!cfd_visit_store_begun (tx, look->caller, page->visit_id, &facts->came, &facts->pages, error) || !find_person (tx, look->caller, facts, error))
    return NULL;
  return g_steal_pointer (&facts);
}

/* @facts: (nullable): of a visit that begins */
static gboolean
keep_look (CfdTx *tx, const CfdLook *look, const CfMonitorVisitor *facts, GError **error)
{
  return (facts == NULL || cfd_visit_store_put (tx, look->caller, facts, error)) && cfd_visit_store_look (tx, look->caller, look->page, look->at, error);
}

/**
 * cfd_visits_keep:
 * @looks: of CfdLook
 * @facts: (element-type nullable): of CfMonitorVisitor, at the place of each look that begins a visit
 *
 * Stores pages that were seen, many at once, and erases the visits of those who do not want to be followed any more.
 */
gboolean
cfd_visits_keep (CfdTx *tx, const GPtrArray *looks, const GPtrArray *facts, GError **error)
{
  for (guint i = 0; i < looks->len; i++)
    {
      const CfdLook *look = looks->pdata[i];

      if (!(look->forget ? cfd_visit_store_forget (tx, look->caller, look->page->visit_id, error) : keep_look (tx, look, facts->pdata[i], error)))
        return FALSE;
    }
  return TRUE;
}

CfVisitListResult *
cfd_visits_list (CfdTx *tx, const CfdCaller *caller, const CfVisitListParams *params, GError **error)
{
  g_autoptr (CfVisitListResult) result = cf_struct_new (&cf_visit_list_result_shape);
  g_autofree char *sites = cfd_reach_list (caller);
  gint64 limit = params->limit > 0 ? params->limit : CF_PAGE_DEFAULT;

  result->visits = cfd_visit_store_list (tx, caller->organisation_id, sites, params->visitor_id, params->before, limit + 1, error);
  if (result->visits == NULL)
    return NULL;
  result->more = result->visits->len > limit;
  if (result->more)
    g_ptr_array_set_size (result->visits, limit);
  return g_steal_pointer (&result);
}

/**
 * cfd_visits_all:
 * @after: the id of the last one that is known, or ""
 *
 * Returns: (transfer full): of CfVisit with all their pages, of this visitor alone, by their ids
 */
GPtrArray *
cfd_visits_all (CfdTx *tx, const char *visitor_id, const char *after, gint64 limit, GError **error)
{
  return cfd_visit_store_all (tx, visitor_id, after, limit, error);
}

/**
 * cfd_visits_trim:
 * @days: for which visits are kept
 * @more: (out): whether there is more to remove
 */
gboolean
cfd_visits_trim (CfdTx *tx, gint64 days, gboolean *more, GError **error)
{
  gint64 gone = cfd_visit_store_trim (tx, NULL, cfd_tx_now (tx) - days * DAY_MS, TRIMMED_AT_ONCE, error);

  *more = gone == TRIMMED_AT_ONCE;
  return gone >= 0;
}

/**
 * cfd_visits_trim_site:
 * @before: visits of the site that ended before this go away, ms UTC
 *
 * Returns: how many went, at most @limit; -1 on an error.
 */
gint64
cfd_visits_trim_site (CfdTx *tx, const char *site_id, gint64 before, gint64 limit, GError **error)
{
  return cfd_visit_store_trim (tx, site_id, before, limit, error);
}
