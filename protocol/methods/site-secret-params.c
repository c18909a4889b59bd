/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-secret-params.h"

static const CfField site_secret_add_params_fields[] = {
  CF_ROW (CfSiteSecretAddParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfSiteSecretAddParams, site_id, CF_KIND_ID, "site_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
};

const CfShape cf_site_secret_add_params_shape = {
  .name = "site_secret_add_params",
  .size = sizeof (CfSiteSecretAddParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (site_secret_add_params_fields),
};

static const CfField site_secret_result_fields[] = {
  CF_ROW (CfSiteSecretResult, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF),
  CF_ROW (CfSiteSecretResult, secret, CF_KIND_STRING, "secret", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .min = 1, .max = 100),
};

const CfShape cf_site_secret_result_shape = {
  .name = "site_secret_result",
  .size = sizeof (CfSiteSecretResult),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (site_secret_result_fields),
};

static const CfField site_secret_info_fields[] = {
  CF_ROW (CfSiteSecretInfo, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF),
  CF_ROW (CfSiteSecretInfo, created_by, CF_KIND_STRING, "created_by", 0, CF_AUDIENCE_STAFF, .max = 100),
  CF_ROW (CfSiteSecretInfo, created_at, CF_KIND_TIME, "created_at", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfSiteSecretInfo, used_at, CF_KIND_TIME, "used_at", 0, CF_AUDIENCE_STAFF, .help = "When a proof was last signed with it, to the hour."),
};

const CfShape cf_site_secret_info_shape = {
  .name = "site_secret_info",
  .size = sizeof (CfSiteSecretInfo),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (site_secret_info_fields),
};

static const CfField site_secrets_result_fields[] = {
  CF_ROW (CfSiteSecretsResult, secrets, CF_KIND_STRUCTS, "secrets", 0, CF_AUDIENCE_STAFF, .shape = &cf_site_secret_info_shape),
};

const CfShape cf_site_secrets_result_shape = {
  .name = "site_secrets_result",
  .size = sizeof (CfSiteSecretsResult),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (site_secrets_result_fields),
};
