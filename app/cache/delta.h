/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "folder.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfaMove:
 * A conversation that was taken out of a list that is watched at one position and then put in at another.
 */
typedef struct
{
  char *folder;
  CfaOrder order;
  char *id;
  int from; /* -1: it was not there */
  int to;   /* -1: it has left; else counted without it */
} CfaMove;

/**
 * CfaDelta:
 * What a write to the cache has changed, so that objects can follow.
 */
typedef struct
{
  GPtrArray *records;       /* of CfRecord: those that were kept; older ones than at hand are left out */
  GPtrArray *conversations; /* of CfaConversationRow: touched directly or through visitor, message, read mark, outbox */
  GPtrArray *removed;       /* of char *: ids of conversations that are gone */
  GPtrArray *done;          /* of char *: ids of outbox rows that are done */
  GArray *moves;            /* of CfaMove, in the order in which they were made */
  gint64 places;            /* with moves: the number of the order that they lead to, one above that which they start from */
  GHashTable *counts;       /* folder -> CfaCount: how much there is now where something has changed */
  gboolean forgets;         /* something was taken out that must not be found in the file any more */
  gint64 applied;
} CfaDelta;

CfaDelta   *cfa_delta_new  (void);
void        cfa_delta_free (CfaDelta *self);
GHashTable *cfa_counts_new (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfaDelta, cfa_delta_free)

G_END_DECLS
