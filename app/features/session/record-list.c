/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record-list.h"

struct _CfaRecordList
{
  GObject parent_instance;
  const CfShape *shape;
  const CfField *name; /* (nullable): what they are ordered by */
  GPtrArray *entries;  /* of Entry, in order */
  gboolean loaded;
};

typedef struct
{
  CfaRecordItem *item;
  char *key; /* (nullable): the name, for comparing */
} Entry;

static GParamSpec *loaded_property;

static GType
get_item_type (GListModel *model)
{
  return CFA_TYPE_RECORD_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return CFA_RECORD_LIST (model)->entries->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  CfaRecordList *self = CFA_RECORD_LIST (model);

  return position < self->entries->len ? g_object_ref (((Entry *) self->entries->pdata[position])->item) : NULL;
}

static void
model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (CfaRecordList, cfa_record_list, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, model_init))

static void
entry_free (Entry *entry)
{
  g_object_unref (entry->item);
  g_free (entry->key);
  g_free (entry);
}

static char *
key_of (CfaRecordList *self, const CfRecord *record)
{
  const char *name = self->name != NULL ? cf_field_at (char *, record, self->name) : NULL;
  g_autofree char *folded = name != NULL ? g_utf8_casefold (name, -1) : NULL;

  return folded != NULL ? g_utf8_collate_key (folded, -1) : NULL;
}

/* Ids are made in the order of time. */
static int
compare (const Entry *a, const Entry *b)
{
  int order = g_strcmp0 (a->key, b->key);

  return order != 0 ? order : -g_strcmp0 (cfa_record_item_get_id (a->item), cfa_record_item_get_id (b->item));
}

static guint
place_for (CfaRecordList *self, const Entry *entry)
{
  guint place = 0;

  while (place < self->entries->len && compare (self->entries->pdata[place], entry) < 0)
    place++;
  return place;
}

static guint
find (CfaRecordList *self, const char *id)
{
  guint place = 0;

  while (place < self->entries->len
         && g_strcmp0 (cfa_record_item_get_id (((Entry *) self->entries->pdata[place])->item), id) != 0)
    place++;
  return place;
}

static void
insert (CfaRecordList *self, Entry *entry)
{
  guint place = place_for (self, entry);

  g_ptr_array_insert (self->entries, place, entry);
  g_list_model_items_changed (G_LIST_MODEL (self), place, 0, 1);
}

static Entry *
take_out (CfaRecordList *self, guint place)
{
  Entry *entry = g_ptr_array_steal_index (self->entries, place);

  g_list_model_items_changed (G_LIST_MODEL (self), place, 1, 0);
  return entry;
}

static void
change (CfaRecordList *self, guint place, CfRecord *record)
{
  Entry *entry = self->entries->pdata[place];
  g_autofree char *key = key_of (self, record);

  if (record->rev < CF_RECORD (cfa_record_item_get (entry->item))->rev)
    return;
  if (!record->deleted && g_strcmp0 (key, entry->key) == 0)
    {
      cfa_record_item_set (entry->item, record);
      return;
    }
  entry = take_out (self, place);
  cfa_record_item_set (entry->item, record);
  if (record->deleted)
    {
      entry_free (entry);
      return;
    }
  g_free (entry->key);
  entry->key = g_steal_pointer (&key);
  insert (self, entry);
}

static void
cfa_record_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, CFA_RECORD_LIST (object)->loaded);
}

static void
cfa_record_list_finalize (GObject *object)
{
  g_ptr_array_unref (CFA_RECORD_LIST (object)->entries);
  G_OBJECT_CLASS (cfa_record_list_parent_class)->finalize (object);
}

static void
cfa_record_list_class_init (CfaRecordListClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = cfa_record_list_get_property;
  G_OBJECT_CLASS (klass)->finalize = cfa_record_list_finalize;
  loaded_property = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_property (G_OBJECT_CLASS (klass), 1, loaded_property);
}

static void
cfa_record_list_init (CfaRecordList *self)
{
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
}

/**
 * cfa_record_list_new:
 * @shape: of what it holds
 *
 * Returns: (transfer full): an empty list; whoever makes it fills it.
 */
CfaRecordList *
cfa_record_list_new (const CfShape *shape)
{
  CfaRecordList *self = g_object_new (CFA_TYPE_RECORD_LIST, NULL);

  self->shape = shape;
  self->name = cf_shape_field (shape, "name");
  return self;
}

gboolean
cfa_record_list_get_loaded (CfaRecordList *self)
{
  return self->loaded;
}

/**
 * cfa_record_list_find:
 * Returns: (transfer none) (nullable): the one with that id.
 */
CfaRecordItem *
cfa_record_list_find (CfaRecordList *self, const char *id)
{
  guint place = find (self, id);

  return place < self->entries->len ? ((Entry *) self->entries->pdata[place])->item : NULL;
}

/**
 * cfa_record_list_take:
 * @record: of any shape; one that is older than the one at hand, or of another shape, changes nothing
 */
void
cfa_record_list_take (CfaRecordList *self, CfRecord *record)
{
  guint place;
  Entry *entry;

  if (record->parent.shape != self->shape)
    return;
  place = find (self, record->id);
  if (place < self->entries->len)
    {
      change (self, place, record);
      return;
    }
  if (record->deleted)
    return;
  entry = g_new0 (Entry, 1);
  entry->item = cfa_record_item_new (record);
  entry->key = key_of (self, record);
  insert (self, entry);
}

/**
 * cfa_record_list_complete:
 * All that is known on this computer is in it now.
 */
void
cfa_record_list_complete (CfaRecordList *self)
{
  self->loaded = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), loaded_property);
}

void
cfa_record_list_clear (CfaRecordList *self)
{
  guint n = self->entries->len;

  g_ptr_array_set_size (self->entries, 0);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
}
