/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "saving.h"

#include "backend/db/lookup.h"
#include "backend/db/record-site.h"
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
 * cfd_saving_reaches:
 * @sites: (nullable): ids of the only sites on which something acts; NULL = on all
 *
 * Returns: whether @by sees all of it, and so may change it.
 */
gboolean
cfd_saving_reaches (const CfdCaller *by, char *const *sites)
{
  gboolean may = by->sites == NULL || (sites != NULL && sites[0] != NULL);

  for (guint i = 0; may && sites != NULL && sites[i] != NULL; i++)
    may = cfd_caller_sees (by, sites[i]);
  return may;
}

/**
 * cfd_saving_list:
 * @all: (transfer full) (nullable): of triggers, or of goals
 *
 * Returns: (transfer full) (nullable): those of which @by may know
 */
GPtrArray *
cfd_saving_list (const CfdCaller *by, GPtrArray *all)
{
  for (guint i = all != NULL ? all->len : 0; i > 0; i--)
    if (!cfd_caller_sees_some (by, cfd_record_place (all->pdata[i - 1]).sites))
      g_ptr_array_remove_index (all, i - 1);
  return all;
}

/**
 * cfd_saving_check_reach:
 * Returns: FALSE with CF_ERROR_FORBIDDEN when @by may not change what acts on @sites.
 */
gboolean
cfd_saving_check_reach (const CfdCaller *by, char *const *sites, GError **error)
{
  gboolean may = cfd_saving_reaches (by, sites);

  if (!may)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_FORBIDDEN, "sites: expected some of those that you serve: others can be changed only by who sees them");
  return may;
}

/* Whether @by may know of it. */
static gboolean
is_theirs (const CfdCaller *by, const CfRecord *record)
{
  return g_strcmp0 (record->organisation_id, by->organisation_id) == 0 && cfd_caller_sees_some (by, cfd_record_place (record).sites);
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
  *gone = record != NULL && record->deleted && is_theirs (by, record);
  return *gone ? g_steal_pointer (&record) : cfd_reach_require (tx, by, shape, id, error);
}

/**
 * cfd_saving_find:
 * @out: (out) (nullable): the record that there is with that id
 *
 * Returns: FALSE with an error, which is CF_ERROR_CONFLICT when the id is taken by one of which @by may not know, or by one that was removed.
 */
gboolean
cfd_saving_find (CfdTx *tx, const CfdCaller *by, const CfShape *shape, const char *id, gpointer out, GError **error)
{
  g_autoptr (CfRecord) have = NULL;

  *(gpointer *) out = NULL;
  if (!cfd_tx_lookup (tx, shape, id, &have, error))
    return FALSE;
  if (have != NULL && (have->deleted || !is_theirs (by, have)))
    {
      g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "id: is another %s's, or that of one that was removed", shape->name);
      return FALSE;
    }
  *(gpointer *) out = g_steal_pointer (&have);
  return TRUE;
}
