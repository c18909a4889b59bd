/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"
#include "../records/attribute.h"

G_BEGIN_DECLS

/* Params of the attribute methods. */

/**
 * CfAttributePutParams:
 * attribute.put: makes an attribute, or changes what is given of the one with that id.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *name;
  CfAttributeKind kind;
  char **choices;
  gint64 place;
} CfAttributePutParams;

extern const CfShape cf_attribute_put_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfAttributePutParams, cf_struct_unref)

G_END_DECLS
