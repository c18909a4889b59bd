/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rating-params.h"

static const CfField rating_summary_params_fields[] = {
  CF_ROW (CfRatingSummaryParams, agent_id, CF_KIND_ID, "agent_id", 0, CF_AUDIENCE_ALL, .help = "Oneself, when absent."),
};

const CfShape cf_rating_summary_params_shape = {
  .name = "rating_summary_params",
  .size = sizeof (CfRatingSummaryParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (rating_summary_params_fields),
};

static const CfField rating_summary_result_fields[] = {
  CF_ROW (CfRatingSummaryResult, ratings, CF_KIND_INTEGER, "ratings", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64,
          .help = "Of the last 30 days, as is all here."),
  CF_ROW (CfRatingSummaryResult, stars, CF_KIND_INTEGER, "stars", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64, .help = "Of all ratings together."),
  CF_ROW (CfRatingSummaryResult, good, CF_KIND_INTEGER, "good", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64, .help = "Ratings of 4 or 5."),
  CF_ROW (CfRatingSummaryResult, records, CF_KIND_RECORDS, "records", 0, CF_AUDIENCE_ALL),
};

const CfShape cf_rating_summary_result_shape = {
  .name = "rating_summary_result",
  .size = sizeof (CfRatingSummaryResult),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (rating_summary_result_fields),
};
