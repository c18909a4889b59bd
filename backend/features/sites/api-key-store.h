/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"

G_BEGIN_DECLS

/**
 * CfdApiKey:
 * By what a site's servers call, as it is stored: without the key itself.
 */
typedef struct
{
  char *id;
  char *organisation_id;
  char *site_id;
  char *name;
  char *prefix;
  char *hash;
  char *scopes; /* words with a space between them */
  char *created_by;
  gint64 created_at;
  gint64 expires_at; /* 0 = never */
  gint64 used_at;
  gint64 revoked_at; /* 0 = it is live */
} CfdApiKey;

GPtrArray *cfd_api_key_store_list      (CfdTx *tx, const char *site_id, GError **error);
GPtrArray *cfd_api_key_store_by_prefix (CfdTx *tx, const char *prefix, GError **error);
gboolean   cfd_api_key_store_get       (CfdTx *tx, const char *id, CfdApiKey **out, GError **error);
gboolean   cfd_api_key_store_put       (CfdTx *tx, const CfdApiKey *key, GError **error);
gboolean   cfd_api_key_store_revoke    (CfdTx *tx, const char *id, GError **error);
gboolean   cfd_api_key_store_used      (CfdTx *tx, const char *id, gint64 at, GError **error);

void cfd_api_key_free (CfdApiKey *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdApiKey, cfd_api_key_free)

G_END_DECLS
