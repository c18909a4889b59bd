/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../shape.h"
#include "api-scope.h"

G_BEGIN_DECLS

/* Params and results of what can be done with the keys by which a site's servers call. */

/* Live ones of one site. */
#define CF_API_KEYS_MAX 20
#define CF_API_KEY_NAME_MAX 60
/* "cfk_" and the secret; and how much of it stays known, so that it can be recognised. */
#define CF_API_KEY_PREFIX "cfk_"
#define CF_API_KEY_SHOWN 12

/**
 * CfApiKeyAddParams:
 * site.add_key: the id is its maker's, so that the call can be sent again.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *site_id;
  char *name;
  char **scopes;
  gint64 expires_at; /* 0 = it does not */
} CfApiKeyAddParams;

extern const CfShape cf_api_key_add_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfApiKeyAddParams, cf_struct_unref)

/**
 * CfApiKeyResult:
 * What only its maker sees, and once.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *key;
} CfApiKeyResult;

extern const CfShape cf_api_key_result_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfApiKeyResult, cf_struct_unref)

/**
 * CfApiKeyInfo:
 * What may be known of a key: not what it is.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *name;
  char *prefix; /* how it begins */
  char **scopes;
  char *created_by; /* the name */
  gint64 created_at;
  gint64 used_at;    /* about: to the hour; 0 = not yet */
  gint64 expires_at; /* 0 = it does not */
} CfApiKeyInfo;

extern const CfShape cf_api_key_info_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfApiKeyInfo, cf_struct_unref)

/**
 * CfApiKeysResult:
 * A site's live keys.
 */
typedef struct
{
  CfStruct parent;
  GPtrArray *keys; /* of CfApiKeyInfo, in the order in which they were made */
} CfApiKeysResult;

extern const CfShape cf_api_keys_result_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfApiKeysResult, cf_struct_unref)

G_END_DECLS
