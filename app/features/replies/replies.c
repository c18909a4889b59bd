/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "replies.h"

struct _CfaReplies
{
  GHashTable *known; /* id -> CfRecord, as the server has it */
  GHashTable *shown; /* id -> CfRecord, as it will be when what was done here has been carried out */
  GListStore *canned;
  GListStore *macros;
};

static void
drop (GListStore *store, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    {
      g_autoptr (CfaReply) reply = g_list_model_get_item (G_LIST_MODEL (store), i);

      if (!g_str_equal (cfa_reply_get_id (reply), id))
        continue;
      g_list_store_remove (store, i);
      return;
    }
}

static void
refresh (CfaReplies *self, const char *id)
{
  CfRecord *record = cfa_replies_get_shown (self, id);
  g_autoptr (CfaReply) reply = NULL;

  drop (self->canned, id);
  drop (self->macros, id);
  if (record == NULL || record->deleted)
    return;
  reply = cfa_reply_new (record);
  g_list_store_insert_sorted (cfa_reply_get_canned (reply) != NULL ? self->canned : self->macros, reply, cfa_reply_compare, NULL);
}

CfaReplies *
cfa_replies_new (void)
{
  CfaReplies *self = g_new0 (CfaReplies, 1);

  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, cf_struct_unref);
  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, cf_struct_unref);
  self->canned = g_list_store_new (CFA_TYPE_REPLY);
  self->macros = g_list_store_new (CFA_TYPE_REPLY);
  return self;
}

void
cfa_replies_free (CfaReplies *self)
{
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->shown);
  g_object_unref (self->canned);
  g_object_unref (self->macros);
  g_free (self);
}

/**
 * cfa_replies_take:
 * @record: of any type, from the server; others than canned responses and macros are left alone. A tombstone ends one.
 */
void
cfa_replies_take (CfaReplies *self, CfRecord *record)
{
  if (record->parent.shape != &cf_canned_response_shape && record->parent.shape != &cf_macro_shape)
    return;
  if (record->deleted)
    g_hash_table_remove (self->known, record->id);
  else
    g_hash_table_insert (self->known, g_strdup (record->id), cf_struct_ref (record));
  refresh (self, record->id);
}

/**
 * cfa_replies_clear:
 * Forgets what the server has told.
 */
void
cfa_replies_clear (CfaReplies *self)
{
  g_autoptr (GHashTable) old = g_steal_pointer (&self->known);
  GHashTableIter iter;
  gpointer id;

  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, cf_struct_unref);
  g_hash_table_iter_init (&iter, old);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    refresh (self, id);
}

/**
 * cfa_replies_get:
 * Returns: (transfer none) (nullable): the record as the server has it
 */
CfRecord *
cfa_replies_get (CfaReplies *self, const char *id)
{
  return g_hash_table_lookup (self->known, id);
}

/**
 * cfa_replies_get_shown:
 * Returns: (transfer none) (nullable): the record as it is shown
 */
CfRecord *
cfa_replies_get_shown (CfaReplies *self, const char *id)
{
  CfRecord *shown = g_hash_table_lookup (self->shown, id);

  return shown != NULL ? shown : g_hash_table_lookup (self->known, id);
}

/**
 * cfa_replies_show:
 * @shown: (nullable): how it looks with what was done here and not yet answered; NULL shows it as the server has it
 */
void
cfa_replies_show (CfaReplies *self, const char *id, CfRecord *shown)
{
  if (shown == NULL && !g_hash_table_contains (self->shown, id))
    return;
  if (shown != NULL)
    g_hash_table_insert (self->shown, g_strdup (id), cf_struct_ref (shown));
  else
    g_hash_table_remove (self->shown, id);
  refresh (self, id);
}

/**
 * cfa_replies_get_canned:
 * Returns: (transfer none): a list of CfaReply, the same one always
 */
GListModel *
cfa_replies_get_canned (CfaReplies *self)
{
  return G_LIST_MODEL (self->canned);
}

/**
 * cfa_replies_get_macros:
 * Returns: (transfer none): a list of CfaReply, the same one always
 */
GListModel *
cfa_replies_get_macros (CfaReplies *self)
{
  return G_LIST_MODEL (self->macros);
}
