/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"

G_BEGIN_DECLS

/**
 * CfSite:
 * A web site that embeds the widget.
 */
typedef struct
{
  CfRecord parent;
  char *name;
  char *key; /* public: it stands in the page */
  char **origins; // as "https://shop.example", "https://*.shop.example" or "*"
  char *color; /* "#rrggbb" */
  char *greeting;
  gint64 created_at;
} CfSite;

extern const CfShape cf_site_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSite, cf_struct_unref)

G_END_DECLS
