/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"

G_BEGIN_DECLS

/* What reaches a goal. */
typedef enum
{
  CF_GOAL_URL,   /* a page whose address matches the pattern */
  CF_GOAL_EVENT, /* something that the page tracks */
} CfGoalKind;

extern const char *const cf_goal_kind_words[];

#define CF_GOALS_MAX           100
#define CF_GOAL_NAME_MAX       100
#define CF_GOAL_PATTERN_MAX    500
#define CF_GOAL_DAYS_DEFAULT   30
#define CF_GOAL_DAYS_MAX       365

/**
 * CfGoal:
 * Something that visitors are wanted to do: an order, a registration.
 */
typedef struct
{
  CfRecord parent;
  char *name;
  gboolean enabled;
  char **sites; /* ids; NULL = all */
  CfGoalKind kind;
  char *pattern; /* in which * stands for any characters; of an event its name as it is */
  gint64 value; /* of one, in hundredths */
  gboolean value_of_event; /* CF_GOAL_EVENT: what the page says it is worth goes before value */
  gboolean each_time; /* else once in a visit */
  gint64 days; /* a conversation or a trigger so long before has its part in it */
  gint64 version; /* counted up with each change */
  char *changed_by; /* the name of who made it */
  gint64 changed_at;
  gint64 created_at;
} CfGoal;

extern const CfShape cf_goal_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfGoal, cf_struct_unref)

G_END_DECLS
