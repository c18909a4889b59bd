/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api-key-store.h"

#define COLUMNS "id, organisation_id, site_id, name, prefix, hash, scopes, created_by, created_at, expires_at, used_at, revoked_at"

static GPtrArray *
read_all (CfdRows *from, GError **error)
{
  g_autoptr (CfdRows) rows = from;
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) cfd_api_key_free);
  GError *problem = NULL;

  if (rows == NULL)
    return NULL;
  while (cfd_rows_next (rows, &problem))
    {
      CfdApiKey *key = g_new0 (CfdApiKey, 1);

      key->id = g_strdup (cfd_rows_text (rows, 0));
      key->organisation_id = g_strdup (cfd_rows_text (rows, 1));
      key->site_id = g_strdup (cfd_rows_text (rows, 2));
      key->name = g_strdup (cfd_rows_text (rows, 3));
      key->prefix = g_strdup (cfd_rows_text (rows, 4));
      key->hash = g_strdup (cfd_rows_text (rows, 5));
      key->scopes = g_strdup (cfd_rows_text (rows, 6));
      key->created_by = g_strdup (cfd_rows_text (rows, 7));
      key->created_at = cfd_rows_integer (rows, 8);
      key->expires_at = cfd_rows_integer (rows, 9);
      key->used_at = cfd_rows_integer (rows, 10);
      key->revoked_at = cfd_rows_integer (rows, 11);
      g_ptr_array_add (all, key);
    }
  if (problem == NULL)
    return g_steal_pointer (&all);
  g_propagate_error (error, problem);
  return NULL;
}

/* Returns: (transfer full): of CfdApiKey: the site's live ones, in the order in which they were made */
GPtrArray *
cfd_api_key_store_list (CfdTx *tx, const char *site_id, GError **error)
{
  return read_all (cfd_tx_query (tx, error, "SELECT " COLUMNS " FROM api_key WHERE site_id = $1 AND revoked_at = 0 ORDER BY id", "t", site_id), error);
}

/* Returns: (transfer full): of CfdApiKey: of any organisation, also revoked ones; more than one hardly ever */
GPtrArray *
cfd_api_key_store_by_prefix (CfdTx *tx, const char *prefix, GError **error)
{
  return read_all (cfd_tx_query (tx, error, "SELECT " COLUMNS " FROM api_key WHERE prefix = $1", "t", prefix), error);
}

/**
 * cfd_api_key_store_get:
 * @out: (out) (transfer full) (nullable): of any organisation, also a revoked one
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_api_key_store_get (CfdTx *tx, const char *id, CfdApiKey **out, GError **error)
{
  g_autoptr (GPtrArray) found = read_all (cfd_tx_query (tx, error, "SELECT " COLUMNS " FROM api_key WHERE id = $1", "t", id), error);

  *out = found != NULL && found->len > 0 ? g_ptr_array_steal_index (found, 0) : NULL;
  return found != NULL;
}

/* A key that is there gets another secret, and nothing else. */
gboolean
cfd_api_key_store_put (CfdTx *tx, const CfdApiKey *key, GError **error)
{
  return cfd_tx_execute (tx, error,
                         "INSERT INTO api_key (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
                         " ON CONFLICT (id) DO UPDATE SET prefix = excluded.prefix, hash = excluded.hash",
                         "ttttttttiiii", key->id, key->organisation_id, key->site_id, key->name, key->prefix, key->hash, key->scopes, key->created_by,
                         key->created_at, key->expires_at, key->used_at, key->revoked_at);
}

gboolean
cfd_api_key_store_revoke (CfdTx *tx, const char *id, GError **error)
{
  return cfd_tx_execute (tx, error, "UPDATE api_key SET revoked_at = $2 WHERE id = $1", "ti", id, cfd_tx_now (tx));
}

gboolean
cfd_api_key_store_used (CfdTx *tx, const char *id, gint64 at, GError **error)
{
  return cfd_tx_execute (tx, error, "UPDATE api_key SET used_at = $2 WHERE id = $1 AND used_at < $2", "ti", id, at);
}

void
cfd_api_key_free (CfdApiKey *self)
{
  g_free (self->id);
  g_free (self->organisation_id);
  g_free (self->site_id);
  g_free (self->name);
  g_free (self->prefix);
  g_free (self->hash);
  g_free (self->scopes);
  g_free (self->created_by);
  g_free (self);
}
