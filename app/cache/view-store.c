/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view-store.h"

#include "record-store.h"
#include "view.h"

/* Who has waited since a time in (?1, ?2], ms UTC; the numbers are CFA_PLACE_WAITS and its half, as in the index of schema.c. */
#define RIPE                                                                                                          \
  "SELECT id FROM place WHERE box < 4 AND wait > 2251799813685248"                                                    \
  " AND wait >= 4503599627370496 - ?2 AND wait < 4503599627370496 - ?1"

/**
 * cfa_view_store_all:
 * Returns: (transfer full): of CfSavedView: all that this agent sees, by id.
 */
GPtrArray *
cfa_view_store_all (CfaDb *db, GError **error)
{
  return cfa_record_store_all (db, &cf_saved_view_shape, error);
}

/**
 * cfa_view_store_find:
 * @views: of CfSavedView, by id
 *
 * Says of @place which of them show it.
 */
void
cfa_view_store_find (GPtrArray *views, CfaPlace *place, const char *agent_id, gint64 now)
{
  g_clear_pointer (&place->views, g_ptr_array_unref);
  place->views = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < views->len; i++)
    if (cfa_view_shows (views->pdata[i], place, agent_id, now))
      g_ptr_array_add (place->views, cfa_folder_of_view (((CfRecord *) views->pdata[i])->id));
}

/**
 * cfa_view_store_of:
 * Returns: (transfer full): of char *: the keys of the views that were found to show it, sorted.
 */
GPtrArray *
cfa_view_store_of (CfaDb *db, const char *id)
{
  sqlite3_stmt *statement = cfa_db_prepare (db, NULL, "SELECT folder FROM viewed WHERE id = ?1 ORDER BY folder", "t", id);
  GPtrArray *views = g_ptr_array_new_with_free_func (g_free);

  while (statement != NULL && cfa_db_step (db, statement, NULL))
    g_ptr_array_add (views, cfa_db_dup (statement, 0));
  return views;
}

/**
 * cfa_view_store_put:
 * Keeps in which views it stands, and where.
 */
gboolean
cfa_view_store_put (CfaDb *db, const char *id, const CfaPlace *place, GError **error)
{
  if (!cfa_db_run (db, error, "DELETE FROM viewed WHERE id = ?1", "t", id))
    return FALSE;
  for (guint i = 0; place->there && place->views != NULL && i < place->views->len; i++)
    if (!cfa_db_run (db, error, "INSERT INTO viewed VALUES (?1, ?2, ?3, ?4, ?5)", "ttiib", id, place->views->pdata[i], place->time,
                     place->wait, cfa_place_calls (place)))
      return FALSE;
  return TRUE;
}

/* Those who have come to wait longer than @view wants since the last time. */
static gboolean
find_ripe (CfaDb *db, const CfSavedView *view, gint64 before, gint64 now, GHashTable *touched, GError **error)
{
  sqlite3_stmt *statement = cfa_db_prepare (db, error, RIPE, "ii", before - view->waiting_over, now - view->waiting_over);
  g_autoptr (GError) problem = NULL;

  if (statement == NULL)
    return FALSE;
  while (cfa_db_step (db, statement, &problem))
    g_hash_table_add (touched, cfa_db_dup (statement, 0));
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/**
 * cfa_view_store_ripen:
 * @touched: set of char *: receives the conversations that a view may show from now on because their visitors still wait
 */
gboolean
cfa_view_store_ripen (CfaDb *db, GPtrArray *views, gint64 now, GHashTable *touched, GError **error)
{
  gint64 before = cfa_db_integer (db, "SELECT coalesce(max(value), 0) FROM meta WHERE key = 'ripe'", "");

  for (guint i = 0; i < views->len; i++)
    {
      const CfSavedView *view = views->pdata[i];

      if (view->waiting_over > 0 && !find_ripe (db, view, before, now, touched, error))
        return FALSE;
    }
  return cfa_db_run (db, error, "REPLACE INTO meta VALUES ('ripe', ?1)", "i", now);
}
