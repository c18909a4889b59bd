/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reach.h"

#include "backend/db/lookup.h"
#include "backend/db/record-site.h"
#include "protocol/error.h"

/**
 * cfd_reach_has:
 * @record: of the caller's organisation
 * @has: (out): whether @caller may know of it, as far as sites go; visitors and who sees all sites always
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_reach_has (CfdTx *tx, const CfdCaller *caller, const CfRecord *record, gboolean *has, GError **error)
{
  CfdRecordPlace place = { NULL, NULL, NULL };
  g_autofree char *site_id = NULL;

  *has = TRUE;
  if (caller->sites == NULL)
    return TRUE;
  place = cfd_record_place (record);
  *has = cfd_caller_sees_some (caller, place.sites);
  if (place.site_id == NULL && place.conversation_id == NULL)
    return TRUE;
  if (!cfd_record_site (tx, record, &site_id, error))
    return FALSE;
  *has = cfd_caller_sees (caller, site_id);
  return TRUE;
}

/**
 * cfd_reach_require:
 * Returns: (transfer full): the living record of the caller's organisation, if they may know of it; else CF_ERROR_NOT_FOUND, as when there
 *   is none, so that ids tell nothing.
 */
gpointer
cfd_reach_require (CfdTx *tx, const CfdCaller *caller, const CfShape *shape, const char *id, GError **error)
{
  g_autoptr (CfRecord) record = cfd_tx_require (tx, shape, caller->organisation_id, id, error);
  gboolean has;

  if (record == NULL || !cfd_reach_has (tx, caller, record, &has, error))
    return NULL;
  if (has)
    return g_steal_pointer (&record);
  g_set_error (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no such %s", shape->name);
  return NULL;
}

/**
 * cfd_reach_list:
 * Returns: (transfer full) (nullable): the sites that @caller may see, for a query that takes rows of which `instr (list, site_id) > 0`: ids
 *   have one length. NULL = all.
 */
char *
cfd_reach_list (const CfdCaller *caller)
{
  return caller->sites != NULL ? g_strjoinv (" ", caller->sites) : NULL;
}

static int
by_text (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/**
 * cfd_reach_epoch:
 * @epoch: the database's
 *
 * A copy that was made with other sites is none of what @caller may see now: it begins anew, and so forgets what is no longer theirs and gets what
 * is, however long its device was away.
 *
 * Returns: the epoch to which the revisions of @caller belong: another one for each set of sites; below 2^53, which every client can count to
 */
gint64
cfd_reach_epoch (const CfdCaller *caller, gint64 epoch)
{
  g_autoptr (GPtrArray) sites = NULL;
  g_autoptr (GChecksum) sum = NULL;
  guint8 digest[32];
  gsize length = sizeof digest;
  gint64 number = 0;

  if (caller->sites == NULL)
    return epoch;
  sites = g_ptr_array_new ();
  for (char **site = caller->sites; *site != NULL; site++)
    g_ptr_array_add (sites, *site);
  g_ptr_array_sort (sites, by_text);
  sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (sum, (const guchar *) &epoch, sizeof epoch);
  for (guint i = 0; i < sites->len; i++)
    g_checksum_update (sum, sites->pdata[i], -1);
  g_checksum_get_digest (sum, digest, &length);
  for (guint i = 0; i < 6; i++)
    number = number << 8 | digest[i];
  return number + 1;
}
