/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"

G_BEGIN_DECLS

/* Params of the visitor methods. */

/**
 * CfIdentifyParams:
 * visitor.identify: what the visitor says of themselves; not verified.
 */
typedef struct
{
  CfStruct parent;
  char *name;
  char *email;
} CfIdentifyParams;

extern const CfShape cf_identify_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfIdentifyParams, cf_struct_unref)

G_END_DECLS
