/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"

G_BEGIN_DECLS

/**
 * CfOrganisation:
 * A business that owns its support: the wall between tenants, and the owner of the revision counter.
 */
typedef struct
{
  CfRecord parent;
  char *name;
  gint64 created_at;
} CfOrganisation;

extern const CfShape cf_organisation_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfOrganisation, cf_struct_unref)

G_END_DECLS
