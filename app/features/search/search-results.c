/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search-results.h"

struct _CfaSearchResults
{
  GObject parent_instance;
  GPtrArray *found[CFA_N_SOURCES]; /* of CfaSearchHit, all of them */
  GPtrArray *shown[CFA_N_SOURCES]; /* of them those that no earlier source has */
};

static GType
get_item_type (GListModel *model)
{
  return CFA_TYPE_SEARCH_HIT;
}

static guint
get_n_items (GListModel *model)
{
  CfaSearchResults *self = CFA_SEARCH_RESULTS (model);
  guint n = 0;

  for (guint i = 0; i < CFA_N_SOURCES; i++)
    n += self->shown[i]->len;
  return n;
}

static gpointer
get_item (GListModel *model, guint position)
{
  CfaSearchResults *self = CFA_SEARCH_RESULTS (model);

  for (guint i = 0; i < CFA_N_SOURCES; i++)
    {
      if (position < self->shown[i]->len)
        return g_object_ref (self->shown[i]->pdata[position]);
      position -= self->shown[i]->len;
    }
  return NULL;
}

static void
model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (CfaSearchResults, cfa_search_results, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, model_init))

static void
cfa_search_results_finalize (GObject *object)
{
  CfaSearchResults *self = CFA_SEARCH_RESULTS (object);

  for (guint i = 0; i < CFA_N_SOURCES; i++)
    {
      g_ptr_array_unref (self->found[i]);
      g_ptr_array_unref (self->shown[i]);
    }
  G_OBJECT_CLASS (cfa_search_results_parent_class)->finalize (object);
}

static void
cfa_search_results_class_init (CfaSearchResultsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_search_results_finalize;
}

static void
cfa_search_results_init (CfaSearchResults *self)
{
  for (guint i = 0; i < CFA_N_SOURCES; i++)
    {
      self->found[i] = g_ptr_array_new_with_free_func (g_object_unref);
      self->shown[i] = g_ptr_array_new_with_free_func (g_object_unref);
    }
}

CfaSearchResults *
cfa_search_results_new (void)
{
  return g_object_new (CFA_TYPE_SEARCH_RESULTS, NULL);
}

/* Makers choose the ids of their records, so the kind belongs to the name. */
static char *
name_of (const CfaSearchHit *hit)
{
  return g_strdup_printf ("%d %s", hit->kind, hit->id);
}

/* One who was merged into somebody unknown here goes when a later source brings the one who is left. */
static gboolean
is_stand_in (CfaSearchResults *self, guint source, const CfaSearchHit *hit)
{
  if (hit->kind != CFA_HIT_VISITOR || g_strcmp0 (hit->id, hit->visitor_id) == 0)
    return FALSE;
  for (guint i = source + 1; i < CFA_N_SOURCES; i++)
    for (guint j = 0; j < self->found[i]->len; j++)
      {
        const CfaSearchHit *other = self->found[i]->pdata[j];

        if (other->kind == CFA_HIT_VISITOR && g_strcmp0 (other->id, hit->visitor_id) == 0)
          return TRUE;
      }
  return FALSE;
}

static gboolean
is_same (GPtrArray *a, GPtrArray *b)
{
  for (guint i = 0; i < a->len && a->len == b->len; i++)
    if (a->pdata[i] != b->pdata[i])
      return FALSE;
  return a->len == b->len;
}

/* What is shown of each source when what is before it has its say. */
static void
fold (CfaSearchResults *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint position = 0;

  for (guint i = 0; i < CFA_N_SOURCES; i++)
    {
      g_autoptr (GPtrArray) before = g_ptr_array_ref (self->shown[i]);
      g_autoptr (GPtrArray) after = g_ptr_array_new_with_free_func (g_object_unref);

      for (guint j = 0; j < self->found[i]->len; j++)
        if (!is_stand_in (self, i, self->found[i]->pdata[j]) && g_hash_table_add (seen, name_of (self->found[i]->pdata[j])))
          g_ptr_array_add (after, g_object_ref (self->found[i]->pdata[j]));
      if (!is_same (before, after))
        {
          g_ptr_array_unref (self->shown[i]);
          self->shown[i] = g_ptr_array_ref (after);
          g_list_model_items_changed (G_LIST_MODEL (self), position, before->len, after->len);
        }
      position += self->shown[i]->len;
    }
}

/**
 * cfa_search_results_set:
 * @hits: (nullable): of CfaSearchHit: all that @source has found
 */
void
cfa_search_results_set (CfaSearchResults *self, CfaSearchSource source, GPtrArray *hits)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; hits != NULL && i < hits->len; i++)
    g_ptr_array_add (found, g_object_ref (hits->pdata[i]));
  g_ptr_array_unref (self->found[source]);
  self->found[source] = g_steal_pointer (&found);
  fold (self);
}
