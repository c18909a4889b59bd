/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numbers.h"

/**
 * cfa_numbers_give:
 * @items: of CfaRecordItem
 * @numbers: a CfStruct by the id of what it is about; what has none has had nothing to count
 *
 * Lets all rows look again.
 */
void
cfa_numbers_give (GListModel *items, GHashTable *numbers)
{
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (CfaRecordItem) item = g_list_model_get_item (items, i);
      gpointer number = g_hash_table_lookup (numbers, cfa_record_item_get_id (item));

      g_object_set_data_full (G_OBJECT (item), "number", number != NULL ? cf_struct_ref (number) : NULL, cf_struct_unref);
      cfa_record_item_touch (item);
    }
}

/* Returns: (nullable): what was given for it */
gconstpointer
cfa_numbers_of (CfaRecordItem *item)
{
  return g_object_get_data (G_OBJECT (item), "number");
}
