/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view.h"

#include <string.h>

static gboolean
has_status (const CfSavedView *view, const CfaPlace *place)
{
  switch (view->status)
    {
    case CF_VIEW_STATUS_OPEN:
      return place->box < CFA_BOX_SNOOZED;
    case CF_VIEW_STATUS_SNOOZED:
      return place->box == CFA_BOX_SNOOZED;
    case CF_VIEW_STATUS_CLOSED:
      return place->box == CFA_BOX_CLOSED;
    case CF_VIEW_STATUS_ANY:
      return TRUE;
    }
  g_return_val_if_reached (FALSE);
}

static gboolean
has_assignee (const CfSavedView *view, const CfaPlace *place, const char *agent_id)
{
  switch (view->assignee)
    {
    case CF_VIEW_ASSIGNEE_ME:
      return g_strcmp0 (place->assignee_id, agent_id) == 0;
    case CF_VIEW_ASSIGNEE_NONE:
      return place->assignee_id == NULL;
    case CF_VIEW_ASSIGNEE_AGENT:
      return g_strcmp0 (place->assignee_id, view->assignee_id) == 0;
    case CF_VIEW_ASSIGNEE_ANY:
      return TRUE;
    }
  g_return_val_if_reached (FALSE);
}

static gboolean
is_either (const char *wanted, const char *has)
{
  return wanted == NULL || g_strcmp0 (wanted, has) == 0;
}

static gboolean
has_tag (const CfSavedView *view, const CfaPlace *place)
{
  g_autofree char *word = view->tag_id != NULL ? g_strdup_printf (" %s ", view->tag_id) : NULL;

  return word == NULL || (place->tags != NULL && strstr (place->tags, word) != NULL);
}

static gboolean
waits_long (const CfSavedView *view, const CfaPlace *place, gint64 now)
{
  gint64 since = cfa_place_get_waiting_since (place);

  return view->waiting_over == 0 || (place->box != CFA_BOX_CLOSED && since > 0 && now - since >= view->waiting_over);
}

/**
 * cfa_view_shows:
 * @agent_id: who looks
 * @now: ms UTC: until when a visitor has waited
 */
gboolean
cfa_view_shows (const CfSavedView *view, const CfaPlace *place, const char *agent_id, gint64 now)
{
  return place->there && has_status (view, place) && has_assignee (view, place, agent_id) && is_either (view->site_id, place->site_id)
         && is_either (view->department_id, place->department_id) && has_tag (view, place)
         && (view->mood == CF_MOOD_NONE || view->mood == place->mood) && waits_long (view, place, now);
}
