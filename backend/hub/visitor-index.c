/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-index.h"

struct _CfdVisitorIndex
{
  GHashTable *first; /* set of CfdSubscriber, equal when their visitor is: the head of each visitor's list */
};

/* Pages whose visitor has no token yet share one list. */
static const char *
id_of (const CfdSubscriber *subscriber)
{
  return subscriber->caller->id != NULL ? subscriber->caller->id : "";
}

static guint
hash_subscriber (gconstpointer subscriber)
{
  return g_str_hash (id_of (subscriber));
}

static gboolean
same_visitor (gconstpointer a, gconstpointer b)
{
  return g_str_equal (id_of (a), id_of (b));
}

CfdVisitorIndex *
cfd_visitor_index_new (void)
{
  CfdVisitorIndex *self = g_new0 (CfdVisitorIndex, 1);

  self->first = g_hash_table_new (hash_subscriber, same_visitor);
  return self;
}

/**
 * cfd_visitor_index_add:
 * @subscriber: (transfer none): a visitor, whose id never changes
 */
void
cfd_visitor_index_add (CfdVisitorIndex *self, CfdSubscriber *subscriber)
{
  CfdSubscriber *first = g_hash_table_lookup (self->first, subscriber);

  if (first == NULL)
    {
      g_hash_table_add (self->first, subscriber);
      return;
    }
  subscriber->previous = first;
  subscriber->next = first->next;
  if (first->next != NULL)
    first->next->previous = subscriber;
  first->next = subscriber;
}

void
cfd_visitor_index_remove (CfdVisitorIndex *self, CfdSubscriber *subscriber)
{
  if (subscriber->next != NULL)
    subscriber->next->previous = subscriber->previous;
  if (subscriber->previous != NULL)
    subscriber->previous->next = subscriber->next;
  else
    {
      g_hash_table_remove (self->first, subscriber);
      if (subscriber->next != NULL)
        g_hash_table_add (self->first, subscriber->next);
    }
  subscriber->next = subscriber->previous = NULL;
}

/**
 * cfd_visitor_index_find:
 * @visitor_id: (nullable):
 * Returns: (nullable) (transfer none): the first of that visitor's subscribers; the others follow at `next`
 */
CfdSubscriber *
cfd_visitor_index_find (CfdVisitorIndex *self, const char *visitor_id)
{
  CfdCaller visitor = { .id = (char *) visitor_id };
  CfdSubscriber key = { .caller = &visitor };

  return visitor_id != NULL ? g_hash_table_lookup (self->first, &key) : NULL;
}

/**
 * cfd_visitor_index_foreach:
 * @func: called with every subscriber; may neither add nor remove any
 */
void
cfd_visitor_index_foreach (CfdVisitorIndex *self, CfdVisitorFunc func, gpointer data)
{
  GHashTableIter iter;
  gpointer first;

  g_hash_table_iter_init (&iter, self->first);
  while (g_hash_table_iter_next (&iter, &first, NULL))
    for (CfdSubscriber *subscriber = first; subscriber != NULL; subscriber = subscriber->next)
      func (subscriber, data);
}

void
cfd_visitor_index_free (CfdVisitorIndex *self)
{
  g_hash_table_unref (self->first);
  g_free (self);
}
