/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"

G_BEGIN_DECLS

/**
 * CfdSiteSecret:
 * What a site signs proofs of identity with.
 */
typedef struct
{
  char *id;
  char *organisation_id;
  char *site_id;
  char *secret;
  char *created_by;
  gint64 created_at;
  gint64 used_at;
} CfdSiteSecret;

GPtrArray *cfd_site_secret_store_list   (CfdTx *tx, const char *site_id, GError **error);
gboolean   cfd_site_secret_store_get    (CfdTx *tx, const char *id, CfdSiteSecret **out, GError **error);
gboolean   cfd_site_secret_store_put    (CfdTx *tx, const CfdSiteSecret *secret, GError **error);
gboolean   cfd_site_secret_store_remove (CfdTx *tx, const char *id, GError **error);

void cfd_site_secret_free (CfdSiteSecret *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdSiteSecret, cfd_site_secret_free)

G_END_DECLS
