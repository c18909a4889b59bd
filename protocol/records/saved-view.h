/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"
#include "conversation.h"

G_BEGIN_DECLS

typedef enum
{
  CF_VIEW_STATUS_ANY,
  CF_VIEW_STATUS_OPEN,
  CF_VIEW_STATUS_SNOOZED,
  CF_VIEW_STATUS_CLOSED,
} CfViewStatus;

extern const char *const cf_view_status_words[];

typedef enum
{
  CF_VIEW_ASSIGNEE_ANY,
  CF_VIEW_ASSIGNEE_ME, /* whoever looks */
  CF_VIEW_ASSIGNEE_NONE,
  CF_VIEW_ASSIGNEE_AGENT, /* assignee_id */
} CfViewAssignee;

extern const char *const cf_view_assignee_words[];

/* A month in milliseconds: nobody filters by a longer wait. */
#define CF_VIEW_WAITING_MAX (G_GINT64_CONSTANT (31) * 24 * 60 * 60 * 1000)

/**
 * CfSavedView:
 * A part of the inbox that somebody has named. A private one is seen by its owner alone.
 */
typedef struct
{
  CfRecord parent;
  char *name;
  char *owner_id; /* NULL = shared */
  gint64 place; /* lower comes first */
  CfViewStatus status;
  CfViewAssignee assignee;
  char *assignee_id;
  char *site_id;
  char *department_id;
  char *tag_id;
  gint64 waiting_over; /* ms; 0 = however long */
  CfMood mood; /* CF_MOOD_NONE = any */
  gint64 created_at;
} CfSavedView;

extern const CfShape cf_saved_view_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSavedView, cf_struct_unref)

G_END_DECLS
