/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api-key-params.h"

#define SCOPES_HELP "Some of visitors:read, visitors:write, conversations:read, conversations:write, settings:read, settings:write, privacy, numbers:read."

static const CfField api_key_add_params_fields[] = {
  CF_ROW (CfApiKeyAddParams, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfApiKeyAddParams, site_id, CF_KIND_ID, "site_id", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL),
  CF_ROW (CfApiKeyAddParams, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = CF_API_KEY_NAME_MAX),
  CF_ROW (CfApiKeyAddParams, scopes, CF_KIND_STRINGS, "scopes", CF_FIELD_REQUIRED, CF_AUDIENCE_ALL, .min = 1, .max = 40, .help = SCOPES_HELP),
  CF_ROW (CfApiKeyAddParams, expires_at, CF_KIND_TIME, "expires_at", 0, CF_AUDIENCE_ALL, .help = "From when it opens nothing any more; absent: it is good until it is revoked."),
};

const CfShape cf_api_key_add_params_shape = {
  .name = "api_key_add_params",
  .size = sizeof (CfApiKeyAddParams),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (api_key_add_params_fields),
};

static const CfField api_key_result_fields[] = {
  CF_ROW (CfApiKeyResult, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF),
  CF_ROW (CfApiKeyResult, key, CF_KIND_STRING, "key", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .min = 1, .max = 100),
};

const CfShape cf_api_key_result_shape = {
  .name = "api_key_result",
  .size = sizeof (CfApiKeyResult),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (api_key_result_fields),
};

static const CfField api_key_info_fields[] = {
  CF_ROW (CfApiKeyInfo, id, CF_KIND_ID, "id", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF),
  CF_ROW (CfApiKeyInfo, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .min = 1, .max = CF_API_KEY_NAME_MAX),
  CF_ROW (CfApiKeyInfo, prefix, CF_KIND_STRING, "prefix", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .min = 1, .max = CF_API_KEY_SHOWN, .help = "How the key begins."),
  CF_ROW (CfApiKeyInfo, scopes, CF_KIND_STRINGS, "scopes", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .min = 1, .max = 40, .help = SCOPES_HELP),
  CF_ROW (CfApiKeyInfo, created_by, CF_KIND_STRING, "created_by", 0, CF_AUDIENCE_STAFF, .max = 100),
  CF_ROW (CfApiKeyInfo, created_at, CF_KIND_TIME, "created_at", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfApiKeyInfo, used_at, CF_KIND_TIME, "used_at", 0, CF_AUDIENCE_STAFF, .help = "To the hour; absent: it was not used yet."),
  CF_ROW (CfApiKeyInfo, expires_at, CF_KIND_TIME, "expires_at", 0, CF_AUDIENCE_STAFF),
};

const CfShape cf_api_key_info_shape = {
  .name = "api_key_info",
  .size = sizeof (CfApiKeyInfo),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (api_key_info_fields),
};

static const CfField api_keys_result_fields[] = {
  CF_ROW (CfApiKeysResult, keys, CF_KIND_STRUCTS, "keys", 0, CF_AUDIENCE_STAFF, .shape = &cf_api_key_info_shape, .max = CF_API_KEYS_MAX),
};

const CfShape cf_api_keys_result_shape = {
  .name = "api_keys_result",
  .size = sizeof (CfApiKeysResult),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (api_keys_result_fields),
};
