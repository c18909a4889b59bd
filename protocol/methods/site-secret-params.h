/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"

G_BEGIN_DECLS

/* Params and results of the methods for what a site signs with. */

/* Live ones of a site: the one in use, and the next or the last one. */
#define CF_SITE_SECRETS_MAX 2

/**
 * CfSiteSecretAddParams:
 * site.add_secret
 */
typedef struct
{
  CfStruct parent;
  char *id; /* of the secret that this makes */
  char *site_id;
} CfSiteSecretAddParams;

extern const CfShape cf_site_secret_add_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSiteSecretAddParams, cf_struct_unref)

/**
 * CfSiteSecretResult:
 * site.add_secret: the secret itself is shown this once.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *secret;
} CfSiteSecretResult;

extern const CfShape cf_site_secret_result_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSiteSecretResult, cf_struct_unref)

/**
 * CfSiteSecretInfo:
 * What an admin may know of a secret.
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *created_by; /* a name */
  gint64 created_at;
  gint64 used_at; /* when a proof was last signed with it, to the hour; 0 = never */
} CfSiteSecretInfo;

extern const CfShape cf_site_secret_info_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSiteSecretInfo, cf_struct_unref)

/**
 * CfSiteSecretsResult:
 * site.secrets, site.revoke_secret: those that live, the oldest first.
 */
typedef struct
{
  CfStruct parent;
  GPtrArray *secrets; /* of CfSiteSecretInfo */
} CfSiteSecretsResult;

extern const CfShape cf_site_secrets_result_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSiteSecretsResult, cf_struct_unref)

G_END_DECLS
