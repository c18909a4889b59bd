/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "changeset.h"

#include <string.h>

/* Ids come from outside, so only type and id together are one record's name. */
static guint
record_hash (gconstpointer value)
{
  return g_str_hash (((const CfRecord *) value)->id);
}

static gboolean
record_equal (gconstpointer a, gconstpointer b)
{
  const CfRecord *left = a, *right = b;

  return left->parent.shape == right->parent.shape && strcmp (left->id, right->id) == 0;
}

/**
 * cfd_changeset_new:
 * Returns: (transfer full): the changes, none yet, that @organisation_id's revision @rev stands for.
 */
CfdChangeset *
cfd_changeset_new (const char *organisation_id, gint64 rev)
{
  CfdChangeset *self = g_new0 (CfdChangeset, 1);

  g_atomic_ref_count_init (&self->references);
  self->organisation_id = g_strdup (organisation_id);
  self->rev = rev;
  self->records = cf_structs_new ();
  self->places = g_hash_table_new (record_hash, record_equal);
  return self;
}

CfdChangeset *
cfd_changeset_ref (CfdChangeset *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
cfd_changeset_unref (CfdChangeset *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  g_hash_table_unref (self->places);
  g_clear_pointer (&self->sites, g_hash_table_unref);
  g_ptr_array_unref (self->records);
  g_free (self->organisation_id);
  g_free (self);
}

/**
 * cfd_changeset_add:
 * @record: (transfer none): referenced, and not to be changed from now on
 *
 * Adds @record; an earlier state of the same record gives way to it, in its place.
 */
void
cfd_changeset_add (CfdChangeset *self, CfRecord *record)
{
  gpointer place;

  cf_struct_ref (record);
  if (g_hash_table_lookup_extended (self->places, record, NULL, &place))
    {
      g_hash_table_replace (self->places, record, place);
      cf_struct_unref (self->records->pdata[GPOINTER_TO_UINT (place)]);
      self->records->pdata[GPOINTER_TO_UINT (place)] = record;
      return;
    }
  g_hash_table_insert (self->places, record, GUINT_TO_POINTER (self->records->len));
  g_ptr_array_add (self->records, record);
}
