/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "inbox.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfaWatch:
 * A list that is shown: each write to the cache tells what has moved in it.
 */
typedef struct
{
  char *folder;
  CfaOrder order;
  guint n; /* how many show it */
} CfaWatch;

/* An array of CfaWatch, never changed once it is made: each change makes another, so that threads can share it. */
GArray *cfa_watches_new  (void);
GArray *cfa_watches_with (GArray *self, const char *folder, CfaOrder order);
GArray *cfa_watches_less (GArray *self, const char *folder, CfaOrder order);

G_END_DECLS
