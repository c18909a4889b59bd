/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visit-service.h"

#include "backend/db/lookup.h"
#include "backend/features/automation/reach-service.h"
#include "backend/features/conversations/conversation-service.h"
#include "backend/features/sites/site-service.h"
#include "backend/features/visitors/visitor-service.h"
#include "backend/rpc/reach.h"
#include "place.h"
#include "protocol/error.h"
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

static gboolean
reach_by_page (CfdTx *tx, CfdGoalBook *goals, const CfdLook *look, GError **error)
{
  const CfdGoalCause cause = { .visit_id = look->page->visit_id, .id = look->page->id, .url = look->page->url };

  return cfd_goal_book_reach (goals, tx, look->caller, &cause, error);
}

static gboolean
forget (CfdTx *tx, const CfdLook *look, GError **error)
{
  return cfd_visit_store_forget (tx, look->caller, look->page->visit_id, error) && cfd_goals_forget (tx, look->caller->id, look->page->visit_id, error);
}

/* Numbers of payment cards are not kept, as in what is written. */
static gboolean
mask_data (CfdTx *tx, const CfdCaller *caller, const GPtrArray *data, GError **error)
{
  for (guint i = 0; data != NULL && i < data->len; i++)
    if (!cfd_sites_mask (tx, caller->site_id, &((CfEventDatum *) data->pdata[i])->value, error))
      return FALSE;
  return TRUE;
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
  g_autoptr (CfdGoalBook) goals = cfd_goal_book_new ();

  for (guint i = 0; i < looks->len; i++)
    {
      const CfdLook *look = looks->pdata[i];

      if (!(look->forget ? forget (tx, look, error) : keep_look (tx, look, facts->pdata[i], error) && reach_by_page (tx, goals, look, error)))
        return FALSE;
    }
  return TRUE;
}

/**
 * cfd_visits_track:
 * Keeps with the visit what a page tracks. Where the site asks first whether visitors may be followed, nothing is kept before they have agreed.
 */
gboolean
cfd_visits_track (CfdTx *tx, const CfdCaller *caller, const CfVisitTrackParams *params, GError **error)
{
  const CfdGoalCause cause = { .visit_id = params->visit_id, .id = params->id, .event = params->name, .value = params->value };
  g_autoptr (CfVisitEvent) event = cf_struct_new (&cf_visit_event_shape);
  g_autoptr (CfVisitTrackParams) own = cf_struct_copy (params);
  g_autoptr (CfdGoalBook) goals = cfd_goal_book_new ();
  gint64 kept;

  if (caller->id == NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_UNAUTHENTICATED, "token: a visitor needs one to be recognised on the next page");
      return FALSE;
    }
  if (caller->ask_first && !params->agreed)
    return TRUE;
  event->id = g_strdup (params->id);
  event->name = g_strdup (params->name);
  event->value = params->value;
  event->data = g_steal_pointer (&own->data);
  event->at = cfd_tx_now (tx);
  if (!mask_data (tx, caller, event->data, error) || !cfd_visit_store_track (tx, caller, params->visit_id, event, error))
    return FALSE;
  kept = cfd_visit_store_has_event (tx, caller->id, params->id, error);
  return kept == 0 || (kept > 0 && cfd_goal_book_reach (goals, tx, caller, &cause, error));
}

/**
 * cfd_visits_recent:
 * Returns: (transfer full): of CfVisit with their last pages: of one site, that ended after @since, the last first
 */
GPtrArray *
cfd_visits_recent (CfdTx *tx, const char *site_id, gint64 since, gint64 limit, GError **error)
{
  return cfd_visit_store_recent (tx, site_id, since, limit, error);
}

/**
 * cfd_visits_is_of:
 * Returns: whether that visit is @caller's; CF_ERROR_UNAVAILABLE when it is not known yet, for what is seen is kept a second later,
 *   CF_ERROR_NOT_FOUND when it is somebody else's
 */
gboolean
cfd_visits_is_of (CfdTx *tx, const CfdCaller *caller, const char *visit_id, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *whose = cfd_visit_store_whose (tx, visit_id, &problem);

  if (g_strcmp0 (whose, caller->id) == 0 && whose != NULL)
    return TRUE;
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else if (whose == NULL)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "visit_id: nothing is known of this visit yet; ask again in a moment");
  else
    g_set_error_literal (error, CF_ERROR, CF_ERROR_NOT_FOUND, "visit_id: there is no such visit");
  return FALSE;
}

/**
 * cfd_visits_returning:
 * @returning: (out): whether the visitor had been there before that visit began
 */
gboolean
cfd_visits_returning (CfdTx *tx, const char *visitor_id, const char *visit_id, gboolean *returning, GError **error)
{
  gint64 before = cfd_visit_store_before (tx, visitor_id, visit_id, error);

  *returning = before > 0;
  return before >= 0;
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
  return gone >= 0 && cfd_visit_store_trim_events (tx, cfd_tx_now (tx) - days * DAY_MS, TRIMMED_AT_ONCE, error) && cfd_goals_trim (tx, error);
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

/**
 * cfd_visits_parameter:
 * @address: (nullable): with which a visit began
 *
 * Returns: (transfer full) (nullable): what it says behind @name
 */
char *
cfd_visits_parameter (const char *address, const char *name)
{
  return cfd_traffic_parameter (address, name);
}

/**
 * cfd_visits_country:
 * Returns: (transfer full) (nullable): where the visitor is now, by its English name
 */
char *
cfd_visits_country (const CfdCaller *visitor)
{
  g_autofree char *city = NULL;
  char *country;

  cfd_place_find (visitor->address, &city, &country);
  return country;
}
