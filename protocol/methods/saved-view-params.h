/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"
#include "../records/saved-view.h"

G_BEGIN_DECLS

/* Params of the view methods. */

/**
 * CfViewAddParams:
 * view.add
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *name;
  gboolean shared; /* everybody's; else the caller's own */
  gint64 place;
  CfViewStatus status;
  CfViewAssignee assignee;
  char *assignee_id;
  char *site_id;
  char *department_id;
  char *tag_id;
  gint64 waiting_over;
  CfMood mood;
} CfViewAddParams;

extern const CfShape cf_view_add_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfViewAddParams, cf_struct_unref)

/**
 * CfViewUpdateParams:
 * view.update: only what is given changes. Whose it is stays.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *name;
  gint64 place;
  CfViewStatus status;
  CfViewAssignee assignee;
  char *assignee_id;
  char *site_id;
  char *department_id;
  char *tag_id;
  gint64 waiting_over;
  CfMood mood;
} CfViewUpdateParams;

extern const CfShape cf_view_update_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfViewUpdateParams, cf_struct_unref)

G_END_DECLS
