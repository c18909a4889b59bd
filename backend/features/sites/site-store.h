/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "protocol/records/site.h"

G_BEGIN_DECLS

gboolean   cfd_site_store_by_key (CfdTx *tx, const char *key, CfSite **out, GError **error);
GPtrArray *cfd_site_store_list   (CfdTx *tx, const char *organisation_id, GError **error);
GPtrArray *cfd_site_store_all    (CfdTx *tx, GError **error);

G_END_DECLS
