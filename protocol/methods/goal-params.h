/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../records/goal.h"

G_BEGIN_DECLS

/* Params and results of the methods for goals. */

/* Rows of goal.numbers at most. */
#define CF_GOAL_ROWS_MAX 1000

/**
 * CfGoalSaveParams:
 * goal.save: all of a goal.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  gint64 version; /* of the goal as it was when it was changed; 0 = a new one */
  char *name;
  gboolean enabled;
  char **sites;
  CfGoalKind kind;
  char *pattern;
  gint64 value;
  gboolean value_of_event;
  gboolean each_time;
  gint64 days; /* 0 = CF_GOAL_DAYS_DEFAULT */
} CfGoalSaveParams;

extern const CfShape cf_goal_save_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfGoalSaveParams, cf_struct_unref)

/**
 * CfGoalNumber:
 * How often a goal was reached on one site, with one agent's and one trigger's part in it.
 */
typedef struct
{
  CfStruct parent;
  char *goal_id;
  char *site_id;
  char *agent_id;   /* who had the visitor's last conversation; NULL = there was none, or it was nobody's */
  char *trigger_id; /* that the visitor has answered, or else met, last; NULL = none */
  gint64 reached;
  gint64 with_conversation; /* of these, after a conversation */
  gint64 value;     /* of all together, in hundredths */
} CfGoalNumber;

extern const CfShape cf_goal_number_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfGoalNumber, cf_struct_unref)

/**
 * CfGoalNumbersResult:
 * goal.numbers: add them up by what is asked.
 */
typedef struct
{
  CfStruct parent;
  GPtrArray *goals; /* of CfGoalNumber, the most frequent first */
} CfGoalNumbersResult;

extern const CfShape cf_goal_numbers_result_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfGoalNumbersResult, cf_struct_unref)

G_END_DECLS
