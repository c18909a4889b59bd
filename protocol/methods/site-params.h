/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"

G_BEGIN_DECLS

/* Params of the site methods. */

/**
 * CfSiteAddParams:
 * site.add
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *name;
  char **origins;
  char *color;
  char *greeting;
} CfSiteAddParams;

extern const CfShape cf_site_add_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSiteAddParams, cf_struct_unref)

/**
 * CfSiteUpdateParams:
 * site.update: only what is given changes.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *name;
  char **origins;
  char *color;
  char *greeting;
} CfSiteUpdateParams;

extern const CfShape cf_site_update_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSiteUpdateParams, cf_struct_unref)

G_END_DECLS
