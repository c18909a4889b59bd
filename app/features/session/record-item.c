/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record-item.h"

struct _CfaRecordItem
{
  GObject parent_instance;
  CfRecord *record;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (CfaRecordItem, cfa_record_item, G_TYPE_OBJECT)

static void
cfa_record_item_finalize (GObject *object)
{
  cf_struct_unref (CFA_RECORD_ITEM (object)->record);
  G_OBJECT_CLASS (cfa_record_item_parent_class)->finalize (object);
}

static void
cfa_record_item_class_init (CfaRecordItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_record_item_finalize;
  changed_signal = g_signal_new ("changed", CFA_TYPE_RECORD_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfa_record_item_init (CfaRecordItem *self)
{
}

CfaRecordItem *
cfa_record_item_new (CfRecord *record)
{
  CfaRecordItem *self = g_object_new (CFA_TYPE_RECORD_ITEM, NULL);

  self->record = cf_struct_ref (record);
  return self;
}

/**
 * cfa_record_item_get:
 * Returns: the record, of the shape that the list holds; borrowed until "changed".
 */
gconstpointer
cfa_record_item_get (CfaRecordItem *self)
{
  return self->record;
}

const char *
cfa_record_item_get_id (CfaRecordItem *self)
{
  return self->record->id;
}

gboolean
cfa_record_item_is_gone (CfaRecordItem *self)
{
  return self->record->deleted;
}

void
cfa_record_item_set (CfaRecordItem *self, CfRecord *record)
{
  cf_struct_ref (record);
  cf_struct_unref (self->record);
  self->record = record;
  cfa_record_item_touch (self);
}

/**
 * cfa_record_item_touch:
 * Lets all who show it look again.
 */
void
cfa_record_item_touch (CfaRecordItem *self)
{
  g_signal_emit (self, changed_signal, 0);
}
