/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfaDelta:
 * What a write to the cache has changed, so that objects can follow.
 */
typedef struct
{
  GPtrArray *records;       /* of CfRecord: those that were kept; older ones than at hand are left out */
  GPtrArray *conversations; /* of CfaConversationRow: touched directly or through visitor, site, message, read mark */
  GPtrArray *removed;       /* of char *: ids of conversations that are gone */
  GPtrArray *done;          /* of char *: ids of outbox rows that are done */
  gint64 applied;
} CfaDelta;

CfaDelta *cfa_delta_new  (void);
void      cfa_delta_free (CfaDelta *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfaDelta, cfa_delta_free)

G_END_DECLS
