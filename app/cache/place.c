/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "place.h"

static gboolean
is_of (const char *id, const char *wanted)
{
  return wanted != NULL && g_strcmp0 (id, wanted) == 0;
}

static gboolean
is_viewed (const CfaPlace *self, const char *folder)
{
  for (guint i = 0; self->views != NULL && i < self->views->len; i++)
    if (g_str_equal (self->views->pdata[i], folder))
      return TRUE;
  return FALSE;
}

static gpointer
copy_text (gconstpointer text, gpointer data)
{
  return g_strdup (text);
}

void
cfa_place_clear (CfaPlace *self)
{
  g_clear_pointer (&self->department_id, g_free);
  g_clear_pointer (&self->site_id, g_free);
  g_clear_pointer (&self->assignee_id, g_free);
  g_clear_pointer (&self->tags, g_free);
  g_clear_pointer (&self->views, g_ptr_array_unref);
}

/**
 * cfa_place_copy:
 * @self: empty; to be cleared
 */
void
cfa_place_copy (CfaPlace *self, const CfaPlace *from)
{
  *self = *from;
  self->department_id = g_strdup (from->department_id);
  self->site_id = g_strdup (from->site_id);
  self->assignee_id = g_strdup (from->assignee_id);
  self->tags = g_strdup (from->tags);
  self->views = from->views != NULL ? g_ptr_array_copy (from->views, copy_text, NULL) : NULL;
  if (self->views != NULL)
    g_ptr_array_set_free_func (self->views, g_free);
}

gboolean
cfa_place_stands_in (const CfaPlace *self, const char *folder)
{
  gboolean open = self->there && self->box < CFA_BOX_SNOOZED;
  CfaInbox inbox;

  if (cfa_folder_get_view (folder) != NULL)
    return self->there && is_viewed (self, folder);
  if (!cfa_folder_is_inbox (folder, &inbox))
    return open && (is_of (self->department_id, cfa_folder_get_department (folder)) || is_of (self->site_id, cfa_folder_get_site (folder)));
  switch (inbox)
    {
    case CFA_INBOX_MINE:
      return self->there && self->box == CFA_BOX_MINE;
    case CFA_INBOX_UNASSIGNED:
      return self->there && self->box == CFA_BOX_UNASSIGNED;
    case CFA_INBOX_MENTIONS:
      return self->there && self->mentioned;
    case CFA_INBOX_ALL:
      return open;
    case CFA_INBOX_SNOOZED:
      return self->there && self->box == CFA_BOX_SNOOZED;
    case CFA_INBOX_CLOSED:
      return self->there && self->box == CFA_BOX_CLOSED;
    }
  g_return_val_if_reached (FALSE);
}

/**
 * cfa_place_calls:
 * Returns: whether there is something unread; what is closed is done: nobody is called to it.
 */
gboolean
cfa_place_calls (const CfaPlace *self)
{
  return self->there && self->unread > 0 && self->box != CFA_BOX_CLOSED;
}

gint64
cfa_place_get_key (const CfaPlace *self, CfaOrder order)
{
  return order == CFA_ORDER_WAITING ? self->wait : self->time;
}

/**
 * cfa_place_get_waiting_since:
 * Returns: ms UTC; 0 when the visitor waits for nothing.
 */
gint64
cfa_place_get_waiting_since (const CfaPlace *self)
{
  return self->wait > CFA_PLACE_WAITS / 2 ? CFA_PLACE_WAITS - self->wait : 0;
}

/**
 * cfa_place_same_views:
 * @a: (nullable): of char *, sorted; NULL is none
 * @b: (nullable): likewise
 */
gboolean
cfa_place_same_views (GPtrArray *a, GPtrArray *b)
{
  guint n = a != NULL ? a->len : 0;

  if (n != (b != NULL ? b->len : 0))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!g_str_equal (a->pdata[i], b->pdata[i]))
      return FALSE;
  return TRUE;
}

/**
 * cfa_place_equal:
 * Returns: whether it stands where it stood, in every folder and order, and would in any view.
 */
gboolean
cfa_place_equal (const CfaPlace *self, const CfaPlace *other)
{
  return self->there == other->there && self->box == other->box && self->time == other->time && self->wait == other->wait
         && self->mentioned == other->mentioned && self->mood == other->mood
         && g_strcmp0 (self->department_id, other->department_id) == 0 && g_strcmp0 (self->site_id, other->site_id) == 0
         && g_strcmp0 (self->assignee_id, other->assignee_id) == 0 && g_strcmp0 (self->tags, other->tags) == 0
         && cfa_place_same_views (self->views, other->views);
}
