/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../shape.h"

G_BEGIN_DECLS

/**
 * CfSiteOffline:
 * What visitors meet outside a site's hours.
 */
typedef struct
{
  CfStruct parent;
  char *text; /* what they are told; NULL = what the widget says by itself */
  gboolean messages_off; /* nothing can be left; FALSE: messages wait for the team */
} CfSiteOffline;

extern const CfShape cf_site_offline_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSiteOffline, cf_struct_unref)

G_END_DECLS
