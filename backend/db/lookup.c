/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lookup.h"

#include "protocol/error.h"

/**
 * cfd_tx_lookup:
 * @out: (out): address of a record pointer: the record, deleted or not, or NULL when there is none
 *
 * cfd_tx_get() for callers to whom "none" is an answer. Returns: FALSE only on an error.
 */
gboolean
cfd_tx_lookup (CfdTx *tx, const CfShape *shape, const char *id, gpointer out, GError **error)
{
  GError *problem = NULL;

  *(gpointer *) out = cfd_tx_get (tx, &problem, shape, id);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, problem);
  return FALSE;
}

/**
 * cfd_tx_require:
 * Returns: (transfer full): the living record of that organisation. One of another organisation is
 *   CF_ERROR_NOT_FOUND like one that does not exist, so that ids tell nothing.
 */
gpointer
cfd_tx_require (CfdTx *tx, const CfShape *shape, const char *organisation_id, const char *id, GError **error)
{
  g_autoptr (CfRecord) record = NULL;

  if (!cfd_tx_lookup (tx, shape, id, &record, error))
    return NULL;
  if (record == NULL || record->deleted || g_strcmp0 (record->organisation_id, organisation_id) != 0)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no such %s", shape->name);
      return NULL;
    }
  return g_steal_pointer (&record);
}
