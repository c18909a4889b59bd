/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-params.h"

static const CfField identify_params_fields[] = {
  CF_ROW (CfIdentifyParams, name, CF_KIND_STRING, "name", 0, CF_AUDIENCE_ALL, .min = 0, .max = 100),
  CF_ROW (CfIdentifyParams, email, CF_KIND_STRING, "email", 0, CF_AUDIENCE_ALL, .min = 0, .max = 254),
};

const CfShape cf_identify_params_shape = {
  .name = "identify_params",
  .size = sizeof (CfIdentifyParams),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (identify_params_fields),
};
