/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "results.h"
#include "../record.h"

G_BEGIN_DECLS

/* Params and result of rating.summary. */

/* What is summed up: so long back from now. */
#define CF_RATING_DAYS     30
/* Comments that come with a summary, and the stars from which a rating counts as good. */
#define CF_RATING_COMMENTS 10
#define CF_RATING_GOOD     4

/**
 * CfRatingSummaryParams:
 * rating.summary: how visitors rated an agent.
 */
typedef struct
{
  CfStruct parent;
  char *agent_id; /* absent: the caller; supervisors and admins may name others */
} CfRatingSummaryParams;

extern const CfShape cf_rating_summary_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfRatingSummaryParams, cf_struct_unref)

/**
 * CfRatingSummaryResult:
 * The last CF_RATING_DAYS days of one agent.
 */
typedef struct
{
  CfStruct parent;
  gint64 ratings;     /* how many */
  gint64 stars;       /* of all of them together */
  gint64 good;        /* with CF_RATING_GOOD stars or more */
  GPtrArray *records; /* of CfConversation: the latest with a comment, newest rating first */
} CfRatingSummaryResult;

extern const CfShape cf_rating_summary_result_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfRatingSummaryResult, cf_struct_unref)

G_END_DECLS
