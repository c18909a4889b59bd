/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "results.h"

const CfShape cf_no_params_shape = {
  .name = "nothing",
  .size = sizeof (CfNoParams),
  .readers = CF_AUDIENCE_ALL,
};

static const CfField id_params_fields[] = {
  CF_ROW (CfIdParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
};

const CfShape cf_id_params_shape = {
  .name = "id_params",
  .size = sizeof (CfIdParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (id_params_fields),
};

static const CfField records_result_fields[] = {
  CF_ROW (CfRecordsResult, rev, CF_KIND_INTEGER, "rev", 0, CF_AUDIENCE_ALL, .min = 0, .max = G_MAXINT64),
  CF_ROW (CfRecordsResult, more, CF_KIND_BOOLEAN, "more", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfRecordsResult, epoch, CF_KIND_TIME, "epoch", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfRecordsResult, reset, CF_KIND_BOOLEAN, "reset", 0, CF_AUDIENCE_ALL),
  CF_ROW (CfRecordsResult, records, CF_KIND_RECORDS, "records", 0, CF_AUDIENCE_ALL),
};

const CfShape cf_records_result_shape = {
  .name = "records_result",
  .size = sizeof (CfRecordsResult),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (records_result_fields),
};
