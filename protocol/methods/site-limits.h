/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../shape.h"

G_BEGIN_DECLS

/* In a minute; who needs more needs no limit. */
#define CF_LIMIT_MAX 1000000

/**
 * CfSiteLimits:
 * What all visitors of a site, and its keys, may do together in a minute. 0, as without the section: whatever the server
 * allows each address.
 */
typedef struct
{
  CfStruct parent;
  gint64 calls;
  gint64 visitors; /* who write for the first time */
  gint64 uploads;
} CfSiteLimits;

extern const CfShape cf_site_limits_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSiteLimits, cf_struct_unref)

G_END_DECLS
