/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "saving.h"

#include "backend/db/lookup.h"
#include "backend/rpc/reach.h"
#include "protocol/error.h"
#include "protocol/records/site.h"

/**
 * cfd_saving_check_version:
 * @version: that the caller has changed
 *
 * Returns: FALSE with CF_ERROR_CONFLICT, with who and when, if others have saved since.
 */
gboolean
cfd_saving_check_version (const CfRecord *record, const CfdSaved *saved, gint64 version, GError **error)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc (*saved->changed_at / 1000);
  g_autofree char *when = g_date_time_format (at, "%Y-%m-%d %H:%M UTC");

  if (version == *saved->version)
    return TRUE;
  g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "version: %s has changed the %s on %s, it is at %" G_GINT64_FORMAT " now; look at it, then save again",
               *saved->changed_by != NULL ? *saved->changed_by : "somebody", record->parent.shape->name, when, *saved->version);
  return FALSE;
}

void
cfd_saving_sign (CfdTx *tx, const CfdCaller *by, const CfdSaved *saved)
{
  (*saved->version)++;
  g_free (*saved->changed_by);
  *saved->changed_by = g_strdup (by->name);
  *saved->changed_at = cfd_tx_now (tx);
}

/**
 * cfd_saving_check_sites:
 * @sites: (nullable): ids
 */
gboolean
cfd_saving_check_sites (CfdTx *tx, const CfdCaller *by, char *const *sites, GError **error)
{
  for (guint i = 0; sites != NULL && sites[i] != NULL; i++)
    {
      g_autoptr (CfSite) site = cfd_reach_require (tx, by, &cf_site_shape, sites[i], error);

      if (site == NULL)
        {
          g_prefix_error (error, "sites: ");
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * cfd_saving_check_reach:
 * @sites: (nullable): ids of the only sites on which something acts; NULL = on all
 *
 * Returns: FALSE with CF_ERROR_FORBIDDEN when that is more than @by may see, and so may change.
 */
gboolean
cfd_saving_check_reach (const CfdCaller *by, char *const *sites, GError **error)
{
  gboolean may = by->sites == NULL || (sites != NULL && sites[0] != NULL);

  for (guint i = 0; may && sites != NULL && sites[i] != NULL; i++)
    may = cfd_caller_sees (by, sites[i]);
  if (!may)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_FORBIDDEN, "sites: expected some of those that you serve: others can be changed only by who sees them");
  return may;
}

/**
 * cfd_saving_require:
 * @gone: (out): whether it was removed before, which a call whose answer was lost is told again
 *
 * Returns: (transfer full): what @by wants to remove, or its tombstone
 */
gpointer
cfd_saving_require (CfdTx *tx, const CfdCaller *by, const CfShape *shape, const char *id, gboolean *gone, GError **error)
{
  g_autoptr (CfRecord) record = NULL;

  if (!cfd_tx_lookup (tx, shape, id, &record, error))
    return NULL;
  *gone = record != NULL && record->deleted && g_strcmp0 (record->organisation_id, by->organisation_id) == 0;
  return *gone ? g_steal_pointer (&record) : cfd_tx_require (tx, shape, by->organisation_id, id, error);
}

/**
 * cfd_saving_find:
 * @out: (out) (nullable): the record that there is with that id
 *
 * Returns: FALSE with an error, which is CF_ERROR_CONFLICT when the id is taken by another organisation's, or by one that was removed.
 */
gboolean
cfd_saving_find (CfdTx *tx, const CfdCaller *by, const CfShape *shape, const char *id, gpointer out, GError **error)
{
  g_autoptr (CfRecord) have = NULL;

  *(gpointer *) out = NULL;
  if (!cfd_tx_lookup (tx, shape, id, &have, error))
    return FALSE;
  if (have != NULL && (have->deleted || g_strcmp0 (have->organisation_id, by->organisation_id) != 0))
    {
      g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "id: is another %s's, or that of one that was removed", shape->name);
      return FALSE;
    }
  *(gpointer *) out = g_steal_pointer (&have);
  return TRUE;
}
