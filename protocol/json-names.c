/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json-names.h"

#include "json-reader.h"

#include <stdlib.h>
#include <string.h>

/* Up to so many names each is compared with each; more are sorted, or a frame full of names would take a frame squared. */
#define MAX_PAIRS 16

static int
compare (gconstpointer a, gconstpointer b)
{
  const CfJsonName *left = a, *right = b;

  if (left->length != right->length)
    return left->length < right->length ? -1 : 1;
  return memcmp (left->text, right->text, left->length);
}

static gboolean
has_twice (CfJsonName *names, guint n)
{
  if (n > MAX_PAIRS)
    {
      qsort (names, n, sizeof *names, compare);
      for (guint i = 1; i < n; i++)
        if (compare (&names[i - 1], &names[i]) == 0)
          return TRUE;
      return FALSE;
    }
  for (guint i = 1; i < n; i++)
    for (guint j = 0; j < i; j++)
      if (compare (&names[i], &names[j]) == 0)
        return TRUE;
  return FALSE;
}

static void
forget (CfJsonNames *self, guint first)
{
  for (guint i = first; i < self->n_names && self->n_owned > 0; i++)
    if (self->names[i].owned != NULL)
      {
        g_free (self->names[i].owned);
        self->n_owned--;
      }
  self->n_names = first;
}

static void
make_room (CfJsonNames *self)
{
  CfJsonName *few = self->names == self->few ? self->few : NULL;

  self->allocated *= 2;
  self->names = g_renew (CfJsonName, few != NULL ? NULL : self->names, self->allocated);
  if (few != NULL)
    memcpy (self->names, few, self->n_names * sizeof *few);
}

void
cf_json_names_init (CfJsonNames *self)
{
  self->depth = 0;
  self->n_names = 0;
  self->n_owned = 0;
  self->allocated = G_N_ELEMENTS (self->few);
  self->names = self->few;
  self->twice = FALSE;
}

/**
 * cf_json_names_open:
 * An object begins, at most CF_JSON_MAX_DEPTH inside each other.
 */
void
cf_json_names_open (CfJsonNames *self)
{
  self->objects[self->depth].first = self->n_names;
  self->objects[self->depth].marks = 0;
  self->objects[self->depth].suspect = FALSE;
  self->depth++;
}

/**
 * cf_json_names_add:
 * @text: what stands between the quotes; borrowed until the object is closed
 * @escaped: whether there are escapes in it
 */
void
cf_json_names_add (CfJsonNames *self, const char *text, gsize length, gboolean escaped)
{
  CfJsonName *name;
  guint64 mark;

  if (self->n_names == self->allocated)
    make_room (self);
  name = &self->names[self->n_names++];
  *name = (CfJsonName) { text, length, NULL };
  if (escaped)
    {
      name->text = name->owned = cf_json_unescape (text, length);
      name->length = strlen (name->owned);
      self->n_owned++;
    }
  mark = (guint64) 1 << (name->length == 0 ? 0 : (name->text[0] * 5 + name->text[name->length - 1] * 3 + name->length) % 64);
  self->objects[self->depth - 1].suspect |= (self->objects[self->depth - 1].marks & mark) != 0;
  self->objects[self->depth - 1].marks |= mark;
}

/**
 * cf_json_names_close:
 * The innermost object ends: notes whether one of its names was there twice.
 */
void
cf_json_names_close (CfJsonNames *self)
{
  guint first = self->objects[--self->depth].first;

  if (self->objects[self->depth].suspect && !self->twice)
    self->twice = has_twice (self->names + first, self->n_names - first);
  forget (self, first);
}

/**
 * cf_json_names_clear:
 * Frees what objects that were never closed have left.
 */
void
cf_json_names_clear (CfJsonNames *self)
{
  forget (self, 0);
  if (self->names != self->few)
    g_free (self->names);
}
