/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/site-secret-params.h"

G_BEGIN_DECLS

CfSiteSecretsResult *cfd_site_secrets_list   (CfdTx *tx, const char *organisation_id, const char *site_id, GError **error);
CfSiteSecretResult  *cfd_site_secrets_add    (CfdTx *tx, const CfdCaller *by, const CfSiteSecretAddParams *params, GError **error);
CfSiteSecretsResult *cfd_site_secrets_revoke (CfdTx *tx, const CfdCaller *by, const char *id, GError **error);
char                *cfd_site_secrets_check  (CfdTx *tx, const char *site_id, const char *jwt, GError **error);

G_END_DECLS
