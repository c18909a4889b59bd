/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../shape.h"

G_BEGIN_DECLS

/* Params and result of analytics.conversations. */

/* Of one answer; without a beginning it is about so many. */
#define CF_ANALYTICS_DAYS_MAX     92
#define CF_ANALYTICS_DAYS_DEFAULT 30

/**
 * CfAnalyticsParams:
 * Of which site and time the numbers are: conversations that began in it.
 */
typedef struct
{
  CfStruct parent;
  char *site_id;
  gint64 since;
  gint64 until; /* 0 = now */
} CfAnalyticsParams;

extern const CfShape cf_analytics_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfAnalyticsParams, cf_struct_unref)

/**
 * CfAnalyticsDay:
 * The conversations that began on one day, UTC.
 */
typedef struct
{
  CfStruct parent;
  gint64 day; /* its beginning */
  gint64 started;
  gint64 closed; /* of those, by now */
  gint64 rated;
  gint64 rating_sum;
} CfAnalyticsDay;

extern const CfShape cf_analytics_day_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfAnalyticsDay, cf_struct_unref)

/**
 * CfAnalyticsResult:
 * All of the time together, and day by day.
 */
typedef struct
{
  CfStruct parent;
  char *site_id;
  gint64 since;
  gint64 until;
  gint64 started;
  gint64 closed;
  gint64 rated;
  gint64 rating_sum;
  GPtrArray *days; /* of CfAnalyticsDay: those on which one began */
} CfAnalyticsResult;

extern const CfShape cf_analytics_result_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfAnalyticsResult, cf_struct_unref)

G_END_DECLS
