/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../shape.h"

G_BEGIN_DECLS

/* Params and results of what can be done with all that is known of one person. */

/**
 * CfErasureResult:
 * visitor.erase: how far it is.
 */
typedef struct
{
  CfStruct parent;
  char *id;           /* who is shown in the place of all who are one person */
  gint64 asked_at;
  gint64 finished_at; /* 0 = it goes on */
  gint64 total;       /* records of theirs */
  gint64 done;        /* of those, how many are gone */
} CfErasureResult;

extern const CfShape cf_erasure_result_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfErasureResult, cf_struct_unref)

/**
 * CfExpiryParams:
 * site.count_expired: what would go if a site kept closed conversations for so many days.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  gint64 days;
} CfExpiryParams;

extern const CfShape cf_expiry_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfExpiryParams, cf_struct_unref)

/**
 * CfExpiryResult:
 * How many would go now.
 */
typedef struct
{
  CfStruct parent;
  gint64 conversations;
} CfExpiryResult;

extern const CfShape cf_expiry_result_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfExpiryResult, cf_struct_unref)

#define CF_EXPORT_PLACE_MAX 120

/**
 * CfPersonExportParams:
 * visitor.know: all that is known of one person.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *after; /* "next" of the page before */
} CfPersonExportParams;

extern const CfShape cf_person_export_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfPersonExportParams, cf_struct_unref)

/**
 * CfExportedFile:
 * Where the content of a file among the records is.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *link;
  gint64 expires_at;
} CfExportedFile;

extern const CfShape cf_exported_file_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfExportedFile, cf_struct_unref)

/**
 * CfMetTrigger:
 * That a visitor has met a trigger.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *trigger_id;
  char *name;     /* of the trigger; NULL = not to be told */
  char *visit_id; /* NULL = forgotten */
  char *department_id; /* to which their answer goes */
  gint64 at;
  gint64 answered_at;  /* 0 = not */
  gint64 converted_at; /* when a goal was reached after it; 0 = none */
} CfMetTrigger;

extern const CfShape cf_met_trigger_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfMetTrigger, cf_struct_unref)

/**
 * CfReachedGoal:
 * That a visitor has reached a goal.
 */
typedef struct
{
  CfStruct parent;
  char *goal_id;
  char *cause;    /* the visit, the look at a page or the event by which */
  char *name;     /* of the goal; NULL = not to be told */
  char *visit_id;
  gint64 at;
} CfReachedGoal;

extern const CfShape cf_reached_goal_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfReachedGoal, cf_struct_unref)

/**
 * CfPersonExportResult:
 * One page; that of nearly everybody is the only one.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  gint64 exported_at;
  GPtrArray *records;
  GPtrArray *visits; /* of CfVisit, with all their pages */
  GPtrArray *triggers; /* of CfMetTrigger */
  GPtrArray *goals;    /* of CfReachedGoal */
  GPtrArray *files;  /* of CfExportedFile */
  gboolean more;
  char *next;
} CfPersonExportResult;

extern const CfShape cf_person_export_result_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfPersonExportResult, cf_struct_unref)

G_END_DECLS
