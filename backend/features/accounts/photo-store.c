/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo-store.h"

/**
 * cfd_photo_store_add:
 * @picture: base64
 */
gboolean
cfd_photo_store_add (CfdTx *tx, const char *token, const char *picture, GError **error)
{
  return cfd_tx_execute (tx, error, "INSERT INTO photo (token, picture) VALUES ($1, $2)", "tt", token, picture);
}

gboolean
cfd_photo_store_remove (CfdTx *tx, const char *token, GError **error)
{
  return cfd_tx_execute (tx, error, "DELETE FROM photo WHERE token = $1", "t", token);
}

/**
 * cfd_photo_store_find:
 * @picture: (out) (nullable): base64; NULL when there is none
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_photo_store_find (CfdTx *tx, const char *token, char **picture, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (CfdRows) rows = cfd_tx_query (tx, &problem, "SELECT picture FROM photo WHERE token = $1", "t", token);

  *picture = rows != NULL && cfd_rows_next (rows, &problem) ? g_strdup (cfd_rows_text (rows, 0)) : NULL;
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}
