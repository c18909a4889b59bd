/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"

G_BEGIN_DECLS

/**
 * CfTag:
 * A word that the staff puts on conversations.
 */
typedef struct
{
  CfRecord parent;
  char *name; /* unique in the organisation, whatever its case */
  char *color; /* "#rrggbb"; empty = none of its own */
  gint64 created_at;
} CfTag;

extern const CfShape cf_tag_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfTag, cf_struct_unref)

G_END_DECLS
