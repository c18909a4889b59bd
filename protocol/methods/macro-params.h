/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../records/macro.h"

G_BEGIN_DECLS

/* Params of the methods for macros. */

/**
 * CfMacroAddParams:
 * macro.add
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *name;
  gboolean shared; /* for all; else the caller's own */
  char *text;
  char *note;
  char **add_tags;
  char **remove_tags;
  CfMacroAssign assign;
  char *assignee_id;
  char *department_id;
  gboolean close;
} CfMacroAddParams;

extern const CfShape cf_macro_add_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfMacroAddParams, cf_struct_unref)

/**
 * CfMacroUpdateParams:
 * macro.update: only what is given changes.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *name;
  char *text;
  char *note;
  char **add_tags;
  char **remove_tags;
  CfMacroAssign assign;
  char *assignee_id;
  char *department_id;
  gboolean close;
} CfMacroUpdateParams;

extern const CfShape cf_macro_update_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfMacroUpdateParams, cf_struct_unref)

G_END_DECLS
