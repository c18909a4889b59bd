/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"
#include "../records/tag.h"

G_BEGIN_DECLS

/* Params of the tag methods. */

/**
 * CfTagAddParams:
 * tag.add
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *name;
  char *color;
} CfTagAddParams;

extern const CfShape cf_tag_add_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfTagAddParams, cf_struct_unref)

/**
 * CfTagUpdateParams:
 * tag.update: only what is given changes.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *name;
  char *color;
} CfTagUpdateParams;

extern const CfShape cf_tag_update_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfTagUpdateParams, cf_struct_unref)

G_END_DECLS
