/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "protocol/records/site.h"

G_BEGIN_DECLS

gboolean cfd_offers_fill  (CfdTx *tx, const CfSite *before, CfSite *wanted, GError **error);
gboolean cfd_offers_renew (CfdTx *tx, const char *organisation_id, const char *by, GError **error);

G_END_DECLS
