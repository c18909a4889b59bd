/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"

G_BEGIN_DECLS

/* Who gets what is nobody's. */
typedef enum
{
  CF_ASSIGNMENT_OFF,         /* somebody takes it */
  CF_ASSIGNMENT_ROUND_ROBIN, /* each member in turn */
  CF_ASSIGNMENT_LEAST_BUSY,  /* the member on whom the fewest wait */
} CfAssignment;

extern const char *const cf_assignment_words[];

/**
 * CfDepartment:
 * A part of the team to which conversations belong.
 */
typedef struct
{
  CfRecord parent;
  char *name; /* unique in the organisation, whatever its case */
  CfAssignment assignment;
  gint64 capacity; /* open conversations at a time for each member who has no number of their own; 0 = any number */
  char **members; /* ids of agents, in the order of their turns */
  gint64 created_at;
} CfDepartment;

extern const CfShape cf_department_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfDepartment, cf_struct_unref)

G_END_DECLS
