/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ring.h"

#include <string.h>

typedef struct
{
  CfdChangeset *changes;
  gsize bytes;
} Entry;

struct _CfdRing
{
  GQueue entries; /* of Entry, oldest first */
  guint count_max;
  gsize bytes, bytes_max;
  gint64 last;    /* the highest revision ever added */
  gint64 dropped; /* the highest revision that is no longer here; 0 = all since the start are */
};

static gsize
record_bytes (const CfStruct *record)
{
  gsize bytes = record->shape->size;

  for (guint i = 0; i < record->shape->n_fields; i++)
    {
      const CfField *field = &record->shape->fields[i];
      gboolean string = field->kind == CF_KIND_ID || field->kind == CF_KIND_STRING || field->kind == CF_KIND_TEXT;

      if (string && cf_field_at (char *, record, field) != NULL)
        bytes += strlen (cf_field_at (char *, record, field)) + 1;
      else if (field->kind == CF_KIND_STRINGS)
        for (char **s = cf_field_at (char **, record, field); s != NULL && *s != NULL; s++)
          bytes += strlen (*s) + 1;
    }
  return bytes;
}

static void
free_entry (Entry *entry)
{
  cfd_changeset_unref (entry->changes);
  g_free (entry);
}

static void
drop_oldest (CfdRing *self)
{
  Entry *entry = g_queue_pop_head (&self->entries);

  self->bytes -= entry->bytes;
  self->dropped = entry->changes->rev;
  free_entry (entry);
}

/**
 * cfd_ring_new:
 * @count_max: changesets that are kept
 * @bytes_max: bytes that they may take together, about; a single one that is larger is kept by itself
 */
CfdRing *
cfd_ring_new (guint count_max, gsize bytes_max)
{
  CfdRing *self = g_new0 (CfdRing, 1);

  self->count_max = count_max;
  self->bytes_max = bytes_max;
  g_queue_init (&self->entries);
  return self;
}

/**
 * cfd_ring_add:
 * Remembers @changes, whose revision is higher than that of all before.
 */
void
cfd_ring_add (CfdRing *self, CfdChangeset *changes)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->changes = cfd_changeset_ref (changes);
  for (guint i = 0; i < changes->records->len; i++)
    entry->bytes += record_bytes (changes->records->pdata[i]);
  g_queue_push_tail (&self->entries, entry);
  self->bytes += entry->bytes;
  self->last = changes->rev;
  while (self->entries.length > 1 && (self->entries.length > self->count_max || self->bytes > self->bytes_max))
    drop_oldest (self);
}

/**
 * cfd_ring_last:
 * Returns: the last revision that was added; 0 before the first.
 */
gint64
cfd_ring_last (CfdRing *self)
{
  return self->last;
}

/**
 * cfd_ring_reaches:
 * @rev: read from the database since this ring exists
 *
 * Returns: whether all changes after @rev that were added are still here.
 */
gboolean
cfd_ring_reaches (CfdRing *self, gint64 rev)
{
  return rev >= self->dropped;
}

/**
 * cfd_ring_after:
 * Calls @each for the changesets above @rev, in order.
 */
void
cfd_ring_after (CfdRing *self, gint64 rev, CfdRingEach each, gpointer data)
{
  for (GList *l = self->entries.head; l != NULL; l = l->next)
    {
      Entry *entry = l->data;

      if (entry->changes->rev > rev)
        each (entry->changes, data);
    }
}

void
cfd_ring_free (CfdRing *self)
{
  for (Entry *entry; (entry = g_queue_pop_head (&self->entries)) != NULL;)
    free_entry (entry);
  g_free (self);
}
