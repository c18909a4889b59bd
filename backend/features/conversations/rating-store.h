/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "protocol/methods/rating-params.h"

G_BEGIN_DECLS

gboolean   cfd_rating_store_count    (CfdTx *tx, const char *agent_id, const char *sites, gint64 since, CfRatingSummaryResult *into, GError **error);
GPtrArray *cfd_rating_store_comments (CfdTx *tx, const char *agent_id, const char *sites, gint64 since, gint64 limit, GError **error);

G_END_DECLS
