/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "delta.h"

G_BEGIN_DECLS

/**
 * CfaInboxSlice:
 * A few rows of a folder, and how long it is.
 */
typedef struct
{
  guint offset;
  GPtrArray *rows; /* of CfaConversationRow, from @offset on */
  CfaCount count;  /* of the whole folder */
  gint64 places;   /* the number of the order in which they stand, see CfaDelta */
} CfaInboxSlice;

CfaInboxSlice *cfa_inbox_slice_new  (guint offset);
void           cfa_inbox_slice_free (CfaInboxSlice *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfaInboxSlice, cfa_inbox_slice_free)

G_END_DECLS
