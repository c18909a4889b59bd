/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"
#include "../records/department.h"

G_BEGIN_DECLS

/* Params of the department methods. */

/**
 * CfDepartmentAddParams:
 * department.add
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *name;
  CfAssignment assignment;
  gint64 capacity;
  char **members; /* ids of agents, in the order of their turns */
} CfDepartmentAddParams;

extern const CfShape cf_department_add_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfDepartmentAddParams, cf_struct_unref)

/**
 * CfDepartmentUpdateParams:
 * department.update: only what is given changes.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *name;
  CfAssignment assignment;
  gint64 capacity;
  char **members;
} CfDepartmentUpdateParams;

extern const CfShape cf_department_update_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfDepartmentUpdateParams, cf_struct_unref)

G_END_DECLS
