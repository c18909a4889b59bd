/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recent.h"

/* About half a megabyte. Who writes now is among them; when it is full it begins anew. */
#define MAX_ROWS 1024

struct _CfdRecent
{
  GHashTable *rows; /* id -> CfRecord; ids are random: of two records with one, the later is known */
};

CfdRecent *
cfd_recent_new (void)
{
  CfdRecent *self = g_new0 (CfdRecent, 1);

  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, cf_struct_unref);
  return self;
}

CfRecord *
cfd_recent_get (CfdRecent *self, const CfShape *shape, const char *id)
{
  CfRecord *record = g_hash_table_lookup (self->rows, id);

  return record != NULL && record->parent.shape == shape ? record : NULL;
}

void
cfd_recent_put (CfdRecent *self, CfRecord *record)
{
  if (g_hash_table_size (self->rows) >= MAX_ROWS)
    g_hash_table_remove_all (self->rows);
  g_hash_table_replace (self->rows, record->id, cf_struct_ref (record));
}

void
cfd_recent_forget (CfdRecent *self, const char *id)
{
  g_hash_table_remove (self->rows, id);
}

void
cfd_recent_clear (CfdRecent *self)
{
  g_hash_table_remove_all (self->rows);
}

void
cfd_recent_free (CfdRecent *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->rows);
  g_free (self);
}
