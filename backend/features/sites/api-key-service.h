/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "api-key.h"
#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/api-key-params.h"

G_BEGIN_DECLS

CfApiKeysResult *cfd_api_keys_list         (CfdTx *tx, const char *organisation_id, const char *site_id, GError **error);
CfApiKeyResult  *cfd_api_keys_add          (CfdTx *tx, const CfdCaller *by, const CfApiKeyAddParams *params, GError **error);
CfApiKeysResult *cfd_api_keys_revoke       (CfdTx *tx, const CfdCaller *by, const char *id, GError **error);
CfdCaller       *cfd_api_keys_authenticate (CfdTx *tx, const char *key, const char *origin, GError **error);

/* When they were used last, which is written for many at once. */
gboolean cfd_api_keys_any_used   (void);
gboolean cfd_api_keys_store_used (CfdTx *tx, GError **error);

G_END_DECLS
