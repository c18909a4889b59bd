/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../records/canned-response.h"

G_BEGIN_DECLS

/* Params of the methods for canned responses. */

/**
 * CfCannedAddParams:
 * canned.add
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *shortcut;
  char *title;
  char *text;
  char *category;
  gboolean shared; /* for all; else the caller's own */
} CfCannedAddParams;

extern const CfShape cf_canned_add_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfCannedAddParams, cf_struct_unref)

/**
 * CfCannedUpdateParams:
 * canned.update: only what is given changes.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *shortcut;
  char *title;
  char *text;
  char *category;
} CfCannedUpdateParams;

extern const CfShape cf_canned_update_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfCannedUpdateParams, cf_struct_unref)

G_END_DECLS
