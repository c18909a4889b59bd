/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scheduled-list.h"

struct _CfaScheduledList
{
  GObject parent_instance;
  GPtrArray *items; /* of CfaScheduled */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CfaScheduledList, cfa_scheduled_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return CFA_TYPE_SCHEDULED;
}

static guint
get_n_items (GListModel *model)
{
  return CFA_SCHEDULED_LIST (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  GPtrArray *items = CFA_SCHEDULED_LIST (model)->items;

  return position < items->len ? g_object_ref (items->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  CfaScheduled *left = *(CfaScheduled **) a, *right = *(CfaScheduled **) b;
  gint64 left_at = cfa_scheduled_get (left)->send_at, right_at = cfa_scheduled_get (right)->send_at;

  if (left_at != right_at)
    return left_at < right_at ? -1 : 1;
  return g_strcmp0 (cfa_scheduled_get_id (left), cfa_scheduled_get_id (right));
}

static gboolean
is_same (GPtrArray *a, GPtrArray *b)
{
  gboolean same = a->len == b->len;

  for (guint i = 0; same && i < a->len; i++)
    same = cfa_scheduled_is_same (a->pdata[i], b->pdata[i]);
  return same;
}

static void
cfa_scheduled_list_finalize (GObject *object)
{
  g_ptr_array_unref (CFA_SCHEDULED_LIST (object)->items);
  G_OBJECT_CLASS (cfa_scheduled_list_parent_class)->finalize (object);
}

static void
cfa_scheduled_list_class_init (CfaScheduledListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_scheduled_list_finalize;
}

static void
cfa_scheduled_list_init (CfaScheduledList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

CfaScheduledList *
cfa_scheduled_list_new (void)
{
  return g_object_new (CFA_TYPE_SCHEDULED_LIST, NULL);
}

/**
 * cfa_scheduled_list_fill:
 * @items: of CfaScheduled, in any order: all that there are now
 *
 * Tells nothing when they look the same as before.
 */
void
cfa_scheduled_list_fill (CfaScheduledList *self, GPtrArray *items)
{
  guint before = self->items->len;

  g_ptr_array_sort (items, compare);
  if (is_same (self->items, items))
    return;
  g_ptr_array_set_size (self->items, 0);
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (self->items, g_object_ref (items->pdata[i]));
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->items->len);
}

/**
 * cfa_scheduled_list_find:
 * Returns: (transfer none) (nullable): the one with that id
 */
CfaScheduled *
cfa_scheduled_list_find (CfaScheduledList *self, const char *id)
{
  for (guint i = 0; i < self->items->len; i++)
    if (g_str_equal (cfa_scheduled_get_id (self->items->pdata[i]), id))
      return self->items->pdata[i];
  return NULL;
}
