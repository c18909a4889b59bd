/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analytics-params.h"

static const CfField analytics_params_fields[] = {
  CF_ROW (CfAnalyticsParams, site_id, CF_KIND_ID, "site_id", 0, CF_AUDIENCE_ALL, .help = "With an API key: its site, and need not be said."),
  CF_ROW (CfAnalyticsParams, since, CF_KIND_TIME, "since", 0, CF_AUDIENCE_ALL, .help = "Absent: 30 days before the end; never more than 92."),
  CF_ROW (CfAnalyticsParams, until, CF_KIND_TIME, "until", 0, CF_AUDIENCE_ALL, .help = "Absent: now."),
};

const CfShape cf_analytics_params_shape = {
  .name = "analytics_params",
  .size = sizeof (CfAnalyticsParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (analytics_params_fields),
};

#define NUMBERS(S)                                                                                                                    \
  CF_ROW (S, started, CF_KIND_INTEGER, "started", 0, CF_AUDIENCE_STAFF, .max = G_MAXINT64),                                           \
  CF_ROW (S, closed, CF_KIND_INTEGER, "closed", 0, CF_AUDIENCE_STAFF, .max = G_MAXINT64, .help = "Of those, how many are closed by now."), \
  CF_ROW (S, rated, CF_KIND_INTEGER, "rated", 0, CF_AUDIENCE_STAFF, .max = G_MAXINT64),                                               \
  CF_ROW (S, rating_sum, CF_KIND_INTEGER, "rating_sum", 0, CF_AUDIENCE_STAFF, .max = G_MAXINT64, .help = "Divided by \"rated\": the mean, 1 to 5.")

static const CfField analytics_day_fields[] = {
  CF_ROW (CfAnalyticsDay, day, CF_KIND_TIME, "day", 0, CF_AUDIENCE_STAFF, .help = "Its beginning, UTC."),
  NUMBERS (CfAnalyticsDay),
};

const CfShape cf_analytics_day_shape = {
  .name = "analytics_day",
  .size = sizeof (CfAnalyticsDay),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (analytics_day_fields),
};

static const CfField analytics_result_fields[] = {
  CF_ROW (CfAnalyticsResult, site_id, CF_KIND_ID, "site_id", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF),
  CF_ROW (CfAnalyticsResult, since, CF_KIND_TIME, "since", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfAnalyticsResult, until, CF_KIND_TIME, "until", 0, CF_AUDIENCE_STAFF),
  NUMBERS (CfAnalyticsResult),
  CF_ROW (CfAnalyticsResult, days, CF_KIND_STRUCTS, "days", 0, CF_AUDIENCE_STAFF, .shape = &cf_analytics_day_shape, .max = CF_ANALYTICS_DAYS_MAX + 1),
};

const CfShape cf_analytics_result_shape = {
  .name = "analytics_result",
  .size = sizeof (CfAnalyticsResult),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (analytics_result_fields),
};
