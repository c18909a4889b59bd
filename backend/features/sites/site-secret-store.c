/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-secret-store.h"

#include <sodium.h>
#include <string.h>

#define COLUMNS "id, organisation_id, site_id, secret, created_by, created_at, used_at"

static GPtrArray *
read_all (CfdRows *from, GError **error)
{
  g_autoptr (CfdRows) rows = from;
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) cfd_site_secret_free);
  GError *problem = NULL;

  if (rows == NULL)
    return NULL;
  while (cfd_rows_next (rows, &problem))
    {
      CfdSiteSecret *secret = g_new0 (CfdSiteSecret, 1);

      secret->id = g_strdup (cfd_rows_text (rows, 0));
      secret->organisation_id = g_strdup (cfd_rows_text (rows, 1));
      secret->site_id = g_strdup (cfd_rows_text (rows, 2));
      secret->secret = g_strdup (cfd_rows_text (rows, 3));
      secret->created_by = g_strdup (cfd_rows_text (rows, 4));
      secret->created_at = cfd_rows_integer (rows, 5);
      secret->used_at = cfd_rows_integer (rows, 6);
      g_ptr_array_add (all, secret);
    }
  if (problem == NULL)
    return g_steal_pointer (&all);
  g_propagate_error (error, problem);
  return NULL;
}

/* Returns: (transfer full): of CfdSiteSecret, in the order in which they were made */
GPtrArray *
cfd_site_secret_store_list (CfdTx *tx, const char *site_id, GError **error)
{
  return read_all (cfd_tx_query (tx, error, "SELECT " COLUMNS " FROM site_secret WHERE site_id = $1 ORDER BY id", "t", site_id), error);
}

/**
 * cfd_site_secret_store_get:
 * @out: (out) (transfer full) (nullable): of any organisation
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_site_secret_store_get (CfdTx *tx, const char *id, CfdSiteSecret **out, GError **error)
{
  g_autoptr (GPtrArray) found = read_all (cfd_tx_query (tx, error, "SELECT " COLUMNS " FROM site_secret WHERE id = $1", "t", id), error);

  *out = found != NULL && found->len > 0 ? g_ptr_array_steal_index (found, 0) : NULL;
  return found != NULL;
}

gboolean
cfd_site_secret_store_put (CfdTx *tx, const CfdSiteSecret *secret, GError **error)
{
  return cfd_tx_execute (tx, error,
                         "INSERT INTO site_secret (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7)"
                         " ON CONFLICT (id) DO UPDATE SET secret = excluded.secret, used_at = excluded.used_at",
                         "tttttii", secret->id, secret->organisation_id, secret->site_id, secret->secret, secret->created_by, secret->created_at,
                         secret->used_at);
}

gboolean
cfd_site_secret_store_remove (CfdTx *tx, const char *id, GError **error)
{
  return cfd_tx_execute (tx, error, "DELETE FROM site_secret WHERE id = $1", "t", id);
}

void
cfd_site_secret_free (CfdSiteSecret *self)
{
  if (self->secret != NULL)
    sodium_memzero (self->secret, strlen (self->secret));
  g_free (self->secret);
  g_free (self->id);
  g_free (self->organisation_id);
  g_free (self->site_id);
  g_free (self->created_by);
  g_free (self);
}
