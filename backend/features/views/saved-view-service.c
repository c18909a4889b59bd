/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "saved-view-service.h"

#include "backend/db/lookup.h"
#include "backend/names.h"
#include "protocol/error.h"
#include "saved-view-store.h"

/* Shared ones are the team's furniture: who leads it arranges them. */
static gboolean
may_arrange (const CfdCaller *by, const char *owner_id, GError **error)
{
  if (owner_id != NULL || (by->kind & (CFD_ALLOW_SUPERVISOR | CFD_ALLOW_ADMIN)) != 0)
    return TRUE;
  g_set_error_literal (error, CF_ERROR, CF_ERROR_FORBIDDEN, "only supervisors and admins may arrange shared views");
  return FALSE;
}

/* Somebody else's private view does not exist. @deleted: may be a tombstone */
static CfSavedView *
require (CfdTx *tx, const CfdCaller *by, const char *id, gboolean deleted, GError **error)
{
  g_autoptr (CfSavedView) view = NULL;

  if (!cfd_tx_lookup (tx, &cf_saved_view_shape, id, &view, error))
    return NULL;
  if (view == NULL || (view->parent.deleted && !deleted) || g_strcmp0 (view->parent.organisation_id, by->organisation_id) != 0
      || (view->owner_id != NULL && g_strcmp0 (view->owner_id, by->id) != 0))
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no such saved_view");
      return NULL;
    }
  if (!may_arrange (by, view->owner_id, error))
    return NULL;
  return g_steal_pointer (&view);
}

static gboolean
check (const CfSavedView *view, GError **error)
{
  if ((view->assignee == CF_VIEW_ASSIGNEE_AGENT) == (view->assignee_id != NULL))
    return TRUE;
  g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "assignee_id: expected exactly with the assignee \"agent\"");
  return FALSE;
}

static gboolean
check_room (CfdTx *tx, const CfdCaller *by, const char *owner_id, GError **error)
{
  gint64 n = cfd_saved_view_store_count (tx, by->organisation_id, owner_id, error);

  if (n >= CFD_VIEWS_MAX)
    g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "there are %d views, which is all that there can be; remove one first", CFD_VIEWS_MAX);
  return n >= 0 && n < CFD_VIEWS_MAX;
}

static CfSavedView *
make (CfdTx *tx, const CfdCaller *by, const CfViewAddParams *params, GError **error)
{
  g_autoptr (CfSavedView) view = cf_struct_new (&cf_saved_view_shape);

  view->parent.id = g_strdup (params->id);
  view->parent.organisation_id = g_strdup (by->organisation_id);
  view->name = cfd_name_tidy (params->name, error);
  if (view->name == NULL)
    return NULL;
  view->owner_id = params->shared ? NULL : g_strdup (by->id);
  view->place = params->place;
  view->status = params->status;
  view->assignee = params->assignee;
  view->assignee_id = g_strdup (params->assignee_id);
  view->site_id = g_strdup (params->site_id);
  view->department_id = g_strdup (params->department_id);
  view->tag_id = g_strdup (params->tag_id);
  view->waiting_over = params->waiting_over;
  view->mood = params->mood;
  return g_steal_pointer (&view);
}

static void
replace (char **place, const char *text)
{
  char *copy = g_strdup (text);

  g_free (*place);
  *place = copy;
}

static void
change (CfSavedView *view, const CfViewUpdateParams *params)
{
  if (cf_struct_has (params, "place"))
    view->place = params->place;
  if (cf_struct_has (params, "status"))
    view->status = params->status;
  if (cf_struct_has (params, "assignee"))
    view->assignee = params->assignee;
  if (cf_struct_has (params, "assignee_id"))
    replace (&view->assignee_id, params->assignee_id);
  if (cf_struct_has (params, "site_id"))
    replace (&view->site_id, params->site_id);
  if (cf_struct_has (params, "department_id"))
    replace (&view->department_id, params->department_id);
  if (cf_struct_has (params, "tag_id"))
    replace (&view->tag_id, params->tag_id);
  if (cf_struct_has (params, "waiting_over"))
    view->waiting_over = params->waiting_over;
  if (cf_struct_has (params, "mood"))
    view->mood = params->mood;
}

/**
 * cfd_saved_views_list:
 * Returns: (transfer full): the shared ones and the caller's own.
 */
GPtrArray *
cfd_saved_views_list (CfdTx *tx, const CfdCaller *by, GError **error)
{
  return cfd_saved_view_store_list (tx, by->organisation_id, by->id, error);
}

/**
 * cfd_saved_views_add:
 * Returns: (transfer full): the view; the one that the same call made before, when it is repeated. CF_ERROR_FORBIDDEN when it is to be
 *   shared and the caller may not.
 */
CfSavedView *
cfd_saved_views_add (CfdTx *tx, const CfdCaller *by, const CfViewAddParams *params, GError **error)
{
  g_autoptr (CfSavedView) view = make (tx, by, params, error);
  g_autoptr (CfSavedView) taken = NULL;

  if (view == NULL || !check (view, error) || !may_arrange (by, view->owner_id, error)
      || !cfd_tx_lookup (tx, &cf_saved_view_shape, params->id, &taken, error))
    return NULL;
  if (taken != NULL)
    {
      view->parent.rev = taken->parent.rev;
      view->created_at = taken->created_at;
      if (cf_struct_equal (view, taken))
        return g_steal_pointer (&taken);
      g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "id: is another view's");
      return NULL;
    }
  view->created_at = cfd_tx_now (tx);
  if (!check_room (tx, by, view->owner_id, error) || !cfd_tx_put (tx, view, error))
    return NULL;
  return g_steal_pointer (&view);
}

/**
 * cfd_saved_views_update:
 * Changes what @params was given. Whose it is never changes, so that nobody has to forget it.
 *
 * Returns: (transfer full): the view as it is now.
 */
CfSavedView *
cfd_saved_views_update (CfdTx *tx, const CfdCaller *by, const CfViewUpdateParams *params, GError **error)
{
  g_autoptr (CfSavedView) view = require (tx, by, params->id, FALSE, error);

  if (view == NULL)
    return NULL;
  if (params->name != NULL)
    {
      char *name = cfd_name_tidy (params->name, error);

      if (name == NULL)
        return NULL;
      g_free (view->name);
      view->name = name;
    }
  change (view, params);
  if (!check (view, error) || !cfd_tx_put (tx, view, error))
    return NULL;
  return g_steal_pointer (&view);
}

/**
 * cfd_saved_views_remove:
 * Removing what has been removed changes nothing.
 *
 * Returns: (transfer full): its tombstone.
 */
CfSavedView *
cfd_saved_views_remove (CfdTx *tx, const CfdCaller *by, const char *id, GError **error)
{
  g_autoptr (CfSavedView) view = require (tx, by, id, TRUE, error);

  if (view == NULL || view->parent.deleted)
    return g_steal_pointer (&view);
  view->parent.deleted = TRUE;
  if (!cfd_tx_put (tx, view, error))
    return NULL;
  return g_steal_pointer (&view);
}
