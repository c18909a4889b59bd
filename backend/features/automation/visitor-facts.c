/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-facts.h"

#include "backend/db/lookup.h"
#include "backend/features/accounts/account-service.h"
#include "backend/features/monitor/visit-service.h"
#include "backend/hub/roster.h"
#include "protocol/records/site.h"

/* Who serve the site and are online now; -1 with an error */
static gint64
count_agents (CfdTx *tx, const CfdCaller *visitor, GError **error)
{
  g_autoptr (GPtrArray) agents = cfd_accounts_list_agents (tx, visitor->organisation_id, error);
  gint64 n = 0;

  if (agents == NULL)
    return -1;
  for (guint i = 0; i < agents->len; i++)
    {
      const CfAgent *agent = agents->pdata[i];

      n += cfd_trigger_is_for (agent->sites, visitor->site_id) && cfd_roster_is_online (agent->parent.id);
    }
  return n;
}

/**
 * cfd_visitor_facts_zone:
 * @time_zone: (out) (transfer full) (nullable): by whose clock the site lives; NULL = UTC
 */
gboolean
cfd_visitor_facts_zone (CfdTx *tx, const char *site_id, char **time_zone, GError **error)
{
  g_autoptr (CfSite) site = NULL;

  if (!cfd_tx_lookup (tx, &cf_site_shape, site_id, &site, error))
    return FALSE;
  *time_zone = g_strdup (site != NULL && site->hours != NULL ? site->hours->time_zone : NULL);
  return TRUE;
}

/**
 * cfd_visitor_facts_clock:
 * @time_zone: (nullable): one that the system does not know is UTC
 *
 * Returns: minutes since midnight
 */
guint
cfd_visitor_facts_clock (const char *time_zone, gint64 now)
{
  g_autoptr (GTimeZone) zone = time_zone != NULL ? g_time_zone_new_identifier (time_zone) : NULL;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now / 1000);
  g_autoptr (GDateTime) local = zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_ref (utc);

  return g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local);
}

/**
 * cfd_visitor_facts_shown:
 * @visitor: (out) (transfer full) (nullable): who is shown in the place of the visitor with that @id: theirs are the attributes
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_visitor_facts_shown (CfdTx *tx, const char *id, CfVisitor **visitor, GError **error)
{
  g_autoptr (CfVisitor) own = NULL;

  if (!cfd_tx_lookup (tx, &cf_visitor_shape, id, &own, error))
    return FALSE;
  if (own != NULL && own->merged_into != NULL)
    return cfd_tx_lookup (tx, &cf_visitor_shape, own->merged_into, visitor, error);
  *visitor = g_steal_pointer (&own);
  return TRUE;
}

/**
 * cfd_visitor_facts_new:
 * Returns: (transfer full): without what the page alone knows
 */
CfdVisitorFacts *
cfd_visitor_facts_new (CfdTx *tx, const CfdCaller *visitor, const char *visit_id, GError **error)
{
  g_autoptr (CfdVisitorFacts) self = g_new0 (CfdVisitorFacts, 1);
  g_autofree char *zone = NULL;

  if (!cfd_visitor_facts_shown (tx, visitor->id, &self->visitor, error) || !cfd_visitor_facts_zone (tx, visitor->site_id, &zone, error)
      || !cfd_visits_returning (tx, visitor->id, visit_id, &self->facts.returning, error))
    return NULL;
  self->facts.agents = count_agents (tx, visitor, error);
  if (self->facts.agents < 0)
    return NULL;
  self->country = cfd_visits_country (visitor);
  self->facts.visitor = self->visitor;
  self->facts.country = self->country;
  self->facts.minutes = cfd_visitor_facts_clock (zone, cfd_tx_now (tx));
  return g_steal_pointer (&self);
}

void
cfd_visitor_facts_free (CfdVisitorFacts *self)
{
  g_clear_pointer (&self->visitor, cf_struct_unref);
  g_free (self->country);
  g_free (self);
}
