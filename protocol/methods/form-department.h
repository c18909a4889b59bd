/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../shape.h"

G_BEGIN_DECLS

/* Of one form. */
#define CF_FORM_DEPARTMENTS_MAX 50

/**
 * CfFormDepartment:
 * What a visitor learns of a department that they can choose.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *name;
} CfFormDepartment;

extern const CfShape cf_form_department_shape;

GPtrArray *cf_form_departments_offer (char *const *chosen, const char *site_id, const GPtrArray *departments, const GPtrArray *agents);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfFormDepartment, cf_struct_unref)

G_END_DECLS
