/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-store.h"

#include "protocol/error.h"

/**
 * cfd_visitor_store_alike:
 * @sites: (nullable): ids of the only sites that count, one after the other; NULL = all
 *
 * Returns: (transfer full): others of the organisation with the same email address or phone number who stand for themselves, at most
 *   @limit of each.
 */
GPtrArray *
cfd_visitor_store_alike (CfdTx *tx, const CfVisitor *visitor, const char *sites, gint64 limit, GError **error)
{
  g_autoptr (GPtrArray) all = cfd_tx_records (tx, error, &cf_visitor_shape,
                                              "WHERE organisation_id = $1 AND lower (email) = lower ($2) AND email <> '' AND id <> $3"
                                              " AND merged_into IS NULL AND deleted = 0 AND ($5 IS NULL OR instr ($5, site_id) > 0) LIMIT $4",
                                              "tttit", visitor->parent.organisation_id, visitor->email, visitor->parent.id, limit, sites);
  g_autoptr (GPtrArray) phones = all != NULL
                                   ? cfd_tx_records (tx, error, &cf_visitor_shape,
                                                     "WHERE organisation_id = $1 AND phone_key = $2 AND id <> $3"
                                                     " AND merged_into IS NULL AND deleted = 0 AND ($5 IS NULL OR instr ($5, site_id) > 0) LIMIT $4",
                                                     "tttit", visitor->parent.organisation_id, visitor->phone_key, visitor->parent.id, limit, sites)
                                   : NULL;

  if (phones == NULL)
    return NULL;
  for (guint i = 0; i < phones->len; i++)
    {
      guint k = 0;

      while (k < all->len && g_strcmp0 (CF_RECORD (all->pdata[k])->id, CF_RECORD (phones->pdata[i])->id) != 0)
        k++;
      if (k == all->len)
        g_ptr_array_add (all, cf_struct_ref (phones->pdata[i]));
    }
  return g_steal_pointer (&all);
}

/**
 * cfd_visitor_store_merged_into:
 * Returns: (transfer full): those in whose place the visitor is shown.
 */
GPtrArray *
cfd_visitor_store_merged_into (CfdTx *tx, const char *id, GError **error)
{
  return cfd_tx_records (tx, error, &cf_visitor_shape, "WHERE merged_into = $1 AND deleted = 0", "t", id);
}

/**
 * cfd_visitor_store_from:
 * @site_id: (nullable): of one site only
 * @sites: (nullable): ids of the only sites that count, one after the other; NULL = all
 *
 * Returns: (transfer full): rows of a number above @after and the columns of a visitor, in the order in which they came, without an end of
 *   their own. A walk through all pages misses nobody, whatever changes meanwhile. The concatenation keeps the engine from the index by
 *   revision, after which it would have to sort.
 */
CfdRows *
cfd_visitor_store_from (CfdTx *tx, const char *organisation_id, const char *site_id, const char *sites, gint64 after, GError **error)
{
  g_autofree char *columns = cf_sql_columns (&cf_visitor_shape, NULL);
  g_autofree char *sql = g_strdup_printf ("SELECT seq, %s FROM visitor WHERE seq > $1 AND organisation_id || '' = $2 AND deleted = 0"
                                          " AND ($3 IS NULL OR site_id = $3) AND ($4 IS NULL OR instr ($4, site_id) > 0) ORDER BY seq",
                                          columns);

  return cfd_tx_query (tx, error, sql, "ittt", after, organisation_id, site_id, sites);
}

/**
 * cfd_visitor_store_by_email:
 * @out: (out) (nullable): the visitor of the site with that address who stands for themselves; of several the one who came first
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_visitor_store_by_email (CfdTx *tx, const char *organisation_id, const char *site_id, const char *email, CfVisitor **out, GError **error)
{
  g_autoptr (GPtrArray) found = cfd_tx_records (tx, error, &cf_visitor_shape,
                                                "WHERE organisation_id = $1 AND lower (email) = lower ($2) AND email <> '' AND site_id = $3"
                                                " AND merged_into IS NULL AND deleted = 0",
                                                "ttt", organisation_id, email, site_id);

  *out = NULL;
  if (found == NULL)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    if (*out == NULL || ((const CfVisitor *) found->pdata[i])->created_at < (*out)->created_at)
      *out = found->pdata[i];
  if (*out != NULL)
    cf_struct_ref (*out);
  return TRUE;
}

/**
 * cfd_visitor_store_by_external:
 * @out: (out) (nullable): whom the site calls so: of several browsers' visitors the one into whom the others were merged
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_visitor_store_by_external (CfdTx *tx, const char *site_id, const char *external_id, CfVisitor **out, GError **error)
{
  g_autoptr (GPtrArray) found = cfd_tx_records (tx, error, &cf_visitor_shape, "WHERE site_id = $1 AND external_id = $2 AND deleted = 0", "tt",
                                                site_id, external_id);

  *out = NULL;
  if (found == NULL)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      CfVisitor *one = found->pdata[i];

      if (*out == NULL || ((*out)->merged_into != NULL && one->merged_into == NULL)
          || (((*out)->merged_into != NULL) == (one->merged_into != NULL) && one->created_at < (*out)->created_at))
        *out = one;
    }
  if (*out != NULL)
    cf_struct_ref (*out);
  return TRUE;
}

/**
 * cfd_visitor_store_key:
 * @expires_at: (out): until when that browser is taken for the visitor's, ms UTC; 0 when it is none of theirs
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_visitor_store_key (CfdTx *tx, const char *visitor_id, const char *secret_hash, gint64 *expires_at, GError **error)
{
  g_autoptr (CfdRows) rows =
    cfd_tx_query (tx, error, "SELECT expires_at FROM visitor_key WHERE visitor_id = $1 AND secret_hash = $2", "tt", visitor_id, secret_hash);
  GError *problem = NULL;

  *expires_at = 0;
  if (rows == NULL)
    return FALSE;
  if (cfd_rows_next (rows, &problem))
    *expires_at = cfd_rows_integer (rows, 0);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

/* Gives a browser its key, or more time with it; keys of the visitor that are over by now go. */
gboolean
cfd_visitor_store_put_key (CfdTx *tx, const char *visitor_id, const char *secret_hash, gint64 expires_at, GError **error)
{
  return cfd_tx_execute (tx, error, "DELETE FROM visitor_key WHERE visitor_id = $1 AND expires_at < $2", "ti", visitor_id, cfd_tx_now (tx))
         && cfd_tx_execute (tx, error,
                            "INSERT INTO visitor_key (visitor_id, secret_hash, expires_at) VALUES ($1, $2, $3)"
                            " ON CONFLICT (visitor_id, secret_hash) DO UPDATE SET expires_at = excluded.expires_at",
                            "tti", visitor_id, secret_hash, expires_at);
}

/**
 * cfd_visitor_store_has_talked:
 * @talked: (out): whether the visitor has a conversation of their own
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_visitor_store_has_talked (CfdTx *tx, const char *visitor_id, gboolean *talked, GError **error)
{
  g_autoptr (CfdRows) rows = cfd_tx_query (tx, error, "SELECT 1 FROM conversation WHERE visitor_id = $1 AND deleted = 0 LIMIT 1", "t", visitor_id);
  GError *problem = NULL;

  if (rows == NULL)
    return FALSE;
  *talked = cfd_rows_next (rows, &problem);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

/**
 * cfd_visitor_store_with_address:
 * Returns: (transfer full): visitors of a site who came before @before and whose address is known
 */
GPtrArray *
cfd_visitor_store_with_address (CfdTx *tx, const char *site_id, gint64 before, gint64 limit, GError **error)
{
  return cfd_tx_records (tx, error, &cf_visitor_shape, "WHERE site_id = $1 AND created_at < $2 AND address IS NOT NULL LIMIT $3", "tii", site_id, before,
                         limit);
}

gboolean
cfd_visitor_store_add_merge (CfdTx *tx, const char *visitor_id, const CfdVisitorMerge *merge, GError **error)
{
  return cfd_tx_execute (tx, error,
                          "INSERT INTO visitor_merge (visitor_id, into_id, moved, into_before, into_after, created_at)"
                          " VALUES ($1, $2, $3, $4, $5, $6)",
                          "ttttti", visitor_id, merge->into_id, merge->moved, merge->before, merge->after, cfd_tx_now (tx));
}

gboolean
cfd_visitor_store_remove_merge (CfdTx *tx, const char *visitor_id, GError **error)
{
  return cfd_tx_execute (tx, error, "DELETE FROM visitor_merge WHERE visitor_id = $1", "t", visitor_id);
}

/**
 * cfd_visitor_store_forget_merges:
 * What can't be undone any more: it holds what people are called, for nothing.
 */
gboolean
cfd_visitor_store_forget_merges (CfdTx *tx, gint64 before, GError **error)
{
  return cfd_tx_execute (tx, error, "DELETE FROM visitor_merge WHERE created_at < $1", "i", before);
}

/**
 * cfd_visitor_store_get_merge:
 * Returns: (transfer full): how the visitor was merged; NULL with CF_ERROR_CONFLICT when that is too long ago to be undone.
 */
CfdVisitorMerge *
cfd_visitor_store_get_merge (CfdTx *tx, const char *visitor_id, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (CfdRows) rows =
    cfd_tx_query (tx, error, "SELECT into_id, moved, into_before, into_after FROM visitor_merge WHERE visitor_id = $1", "t", visitor_id);
  CfdVisitorMerge *merge;

  if (rows == NULL)
    return NULL;
  if (!cfd_rows_next (rows, &problem))
    {
      if (problem != NULL)
        g_propagate_error (error, g_steal_pointer (&problem));
      else
        g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "they were merged too long ago for it to be undone");
      return NULL;
    }
  merge = g_new0 (CfdVisitorMerge, 1);
  merge->into_id = g_strdup (cfd_rows_text (rows, 0));
  merge->moved = g_strdup (cfd_rows_text (rows, 1));
  merge->before = g_strdup (cfd_rows_text (rows, 2));
  merge->after = g_strdup (cfd_rows_text (rows, 3));
  return merge;
}

void
cfd_visitor_merge_free (CfdVisitorMerge *merge)
{
  g_free (merge->into_id);
  g_free (merge->moved);
  g_free (merge->before);
  g_free (merge->after);
  g_free (merge);
}
