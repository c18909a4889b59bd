/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "saved-views.h"

#include "app/features/settings/change.h"

#include "protocol/id.h"
#include "protocol/methods/results.h"
#include "protocol/patch.h"

#include <glib/gi18n.h>

static const CfSavedView *
find (CfaDirectory *directory, const char *id)
{
  return (const CfSavedView *) cfa_directory_get (directory, &cf_saved_view_shape, id);
}

/**
 * cfa_view_add_params:
 * Returns: (transfer full): what makes a private view with the filters and the name of @view.
 */
CfViewAddParams *
cfa_view_add_params (const char *id, const CfSavedView *view)
{
  CfViewAddParams *params = cf_struct_new (&cf_view_add_params_shape);

  cf_struct_take (params, view, FALSE);
  g_free (params->id);
  params->id = g_strdup (id);
  return params;
}

/**
 * cfa_view_update_params:
 * Returns: (transfer full): what gives the view @id the name and all filters of @view.
 */
gpointer
cfa_view_update_params (const char *id, const CfSavedView *view)
{
  static const char *const given[] = { "name", "status", "assignee", "assignee_id", "site_id", "department_id", "tag_id", "waiting_over", "mood" };
  CfViewUpdateParams *params = cf_struct_new (&cf_view_update_params_shape);

  cf_struct_take (params, view, FALSE);
  g_free (params->id);
  params->id = g_strdup (id);
  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    cf_struct_give (params, given[i]);
  return params;
}

/* The shared ones, or the own, in their order. */
static GPtrArray *
list_group (CfaDirectory *directory, gboolean shared)
{
  GPtrArray *all = cfa_directory_list (directory, &cf_saved_view_shape);

  for (guint i = all->len; i > 0; i--)
    if ((((CfSavedView *) all->pdata[i - 1])->owner_id == NULL) != shared)
      g_ptr_array_remove_index (all, i - 1);
  return all;
}

/**
 * cfa_view_next_place:
 * Returns: the place behind all others of its kind.
 */
gint64
cfa_view_next_place (CfaDirectory *directory, gboolean shared)
{
  g_autoptr (GPtrArray) group = list_group (directory, shared);

  return group->len > 0 ? ((CfSavedView *) group->pdata[group->len - 1])->place + 1 : 0;
}

/**
 * cfa_view_may_change:
 * Returns: whether it can be changed now: it is the agent's own or they lead the team, and the server is there.
 */
gboolean
cfa_view_may_change (CfaSession *session, const char *id)
{
  const CfSavedView *view = find (cfa_session_get_directory (session), id);

  return view != NULL && cfa_change_allowed (session, view->owner_id != NULL ? CF_ROLE_AGENT : CF_ROLE_SUPERVISOR);
}

gboolean
cfa_view_is_shared (CfaDirectory *directory, const char *id)
{
  const CfSavedView *view = find (directory, id);

  return view != NULL && view->owner_id == NULL;
}

static void
set_place (GtkWidget *widget, CfaSession *session, const char *id, gint64 place)
{
  CfViewUpdateParams *params = cf_struct_new (&cf_view_update_params_shape);
  CfaChange change = { .method = "view.update", .params = params };

  params->id = g_strdup (id);
  params->place = place;
  cf_struct_give (params, "place");
  cfa_change_run (widget, session, &change);
}

static guint
index_of (GPtrArray *group, const char *id)
{
  guint i = 0;

  while (i < group->len && g_strcmp0 (((CfRecord *) group->pdata[i])->id, id) != 0)
    i++;
  return i;
}

/* Only those whose number is another one afterwards are changed. */
static void
put_at (GtkWidget *widget, CfaSession *session, GPtrArray *group, guint from, guint to)
{
  CfSavedView *view = g_ptr_array_steal_index (group, from);

  g_ptr_array_insert (group, to, view);
  for (guint i = 0; i < group->len; i++)
    if (((CfSavedView *) group->pdata[i])->place != i)
      set_place (widget, session, ((CfRecord *) group->pdata[i])->id, i);
}

/**
 * cfa_view_move:
 * @widget: where the person has done it
 * @step: -1 for one up, 1 for one down, among those of its kind
 */
void
cfa_view_move (GtkWidget *widget, CfaSession *session, const char *id, int step)
{
  CfaDirectory *directory = cfa_session_get_directory (session);
  g_autoptr (GPtrArray) group = list_group (directory, cfa_view_is_shared (directory, id));
  guint from = index_of (group, id);

  if (from < group->len && from + step < group->len && cfa_view_may_change (session, id))
    put_at (widget, session, group, from, from + step);
}

/**
 * cfa_view_move_to:
 * @onto: the view whose place it takes; one of the other kind moves nothing
 */
void
cfa_view_move_to (GtkWidget *widget, CfaSession *session, const char *id, const char *onto)
{
  CfaDirectory *directory = cfa_session_get_directory (session);
  g_autoptr (GPtrArray) group = list_group (directory, cfa_view_is_shared (directory, id));
  guint from = index_of (group, id), to = index_of (group, onto);

  if (from < group->len && to < group->len && from != to && cfa_view_may_change (session, id))
    put_at (widget, session, group, from, to);
}

/**
 * cfa_view_share:
 * Gives the team a copy: whose a view is never changes.
 */
void
cfa_view_share (GtkWidget *widget, CfaSession *session, const char *id)
{
  CfaDirectory *directory = cfa_session_get_directory (session);
  const CfSavedView *view = find (directory, id);
  g_autofree char *copy = cf_id_new ();
  CfaChange change = { .method = "view.add", .undo_method = "view.remove" };
  CfViewAddParams *params;
  CfIdParams *undo;

  if (view == NULL)
    return;
  params = cfa_view_add_params (copy, view);
  params->shared = TRUE;
  params->place = cfa_view_next_place (directory, TRUE);
  undo = cf_struct_new (&cf_id_params_shape);
  undo->id = g_strdup (copy);
  change.params = params;
  change.undo_params = undo;
  change.done = g_strdup_printf (_("The team has a view “%s” now"), view->name);
  cfa_change_run (widget, session, &change);
}

/**
 * cfa_view_remove:
 * A view is its name and its filters: undoing makes one that is like it.
 */
void
cfa_view_remove (GtkWidget *widget, CfaSession *session, const char *id)
{
  const CfSavedView *view = find (cfa_session_get_directory (session), id);
  g_autofree char *again = cf_id_new ();
  CfaChange change = { .method = "view.remove", .undo_method = "view.add" };
  CfViewAddParams *undo;
  CfIdParams *params;

  if (view == NULL)
    return;
  params = cf_struct_new (&cf_id_params_shape);
  params->id = g_strdup (id);
  undo = cfa_view_add_params (again, view);
  undo->shared = view->owner_id == NULL;
  change.params = params;
  change.undo_params = undo;
  change.done = g_strdup_printf (_("Removed the view “%s”"), view->name);
  cfa_change_run (widget, session, &change);
}
