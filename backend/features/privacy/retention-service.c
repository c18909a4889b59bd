/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "retention-service.h"

#include "backend/features/monitor/visit-service.h"
#include "backend/features/sites/site-service.h"
#include "backend/features/visitors/visitor-service.h"
#include "expiry-service.h"

#define DAY_MS (G_GINT64_CONSTANT (86400) * 1000)
/* In one call, so that nobody waits for it. */
#define AT_ONCE 200

static gboolean
trim_site (CfdTx *tx, const CfSite *site, gboolean *more, GError **error)
{
  const CfSitePrivacy *privacy = site->privacy;
  gint64 now = cfd_tx_now (tx), addresses = 0, visits = 0, conversations = 0;

  if (privacy->addresses == CF_ADDRESSES_NONE)
    addresses = cfd_visitors_forget_addresses (tx, site->parent.id, now + 1, AT_ONCE, error);
  else if (privacy->address_days > 0)
    addresses = cfd_visitors_forget_addresses (tx, site->parent.id, now - privacy->address_days * DAY_MS, AT_ONCE, error);
  if (addresses >= 0 && privacy->visit_days > 0)
    visits = cfd_visits_trim_site (tx, site->parent.id, now - privacy->visit_days * DAY_MS, AT_ONCE, error);
  if (addresses >= 0 && visits >= 0 && privacy->conversation_days > 0)
    conversations = cfd_expiry_begin (tx, site, AT_ONCE, error);
  *more |= addresses == AT_ONCE || visits == AT_ONCE || conversations == AT_ONCE;
  return addresses >= 0 && visits >= 0 && conversations >= 0;
}

/**
 * cfd_retention_trim:
 * @more: (out): whether there is more to do
 *
 * Erases what sites don't want to keep for longer.
 */
gboolean
cfd_retention_trim (CfdTx *tx, gboolean *more, GError **error)
{
  g_autoptr (GPtrArray) sites = cfd_sites_list (tx, NULL, error);

  *more = FALSE;
  for (guint i = 0; sites != NULL && i < sites->len; i++)
    {
      const CfSite *site = sites->pdata[i];

      if (site->privacy != NULL && !trim_site (tx, site, more, error))
        return FALSE;
    }
  return sites != NULL;
}
