/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"

G_BEGIN_DECLS

/**
 * CfVisitor:
 * A person on a site. Anonymous until they say who they are; the widget makes id and secret.
 */
typedef struct
{
  CfRecord parent;
  char *site_id;
  char *name;
  char *email;
  char *address; /* IP, staff only */
  char *locale;
  char *secret_hash; /* never on the wire */
  gint64 created_at;
} CfVisitor;

extern const CfShape cf_visitor_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfVisitor, cf_struct_unref)

G_END_DECLS
