/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "watches.h"

static void
watch_clear (CfaWatch *watch)
{
  g_free (watch->folder);
}

static void
append (GArray *self, const char *folder, CfaOrder order, guint n)
{
  CfaWatch watch = { g_strdup (folder), order, n };

  g_array_append_val (self, watch);
}

/* Returns: (transfer full): a copy in which that list is shown @change times more. */
static GArray *
changed (GArray *self, const char *folder, CfaOrder order, int change)
{
  GArray *copy = cfa_watches_new ();
  gboolean found = FALSE;

  for (guint i = 0; i < self->len; i++)
    {
      const CfaWatch *watch = &g_array_index (self, CfaWatch, i);
      gboolean same = watch->order == order && g_str_equal (watch->folder, folder);
      guint n = same ? watch->n + change : watch->n;

      found = found || same;
      if (n > 0)
        append (copy, watch->folder, watch->order, n);
    }
  if (!found && change > 0)
    append (copy, folder, order, 1);
  return copy;
}

/**
 * cfa_watches_new:
 * Returns: (transfer full): none.
 */
GArray *
cfa_watches_new (void)
{
  GArray *self = g_array_new (FALSE, FALSE, sizeof (CfaWatch));

  g_array_set_clear_func (self, (GDestroyNotify) watch_clear);
  return self;
}

/**
 * cfa_watches_with:
 * Returns: (transfer full): those of @self and one more.
 */
GArray *
cfa_watches_with (GArray *self, const char *folder, CfaOrder order)
{
  return changed (self, folder, order, 1);
}

/**
 * cfa_watches_less:
 * Returns: (transfer full): those of @self without one that shows it no longer.
 */
GArray *
cfa_watches_less (GArray *self, const char *folder, CfaOrder order)
{
  return changed (self, folder, order, -1);
}
