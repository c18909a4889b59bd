/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"

G_BEGIN_DECLS

CfdRows *cfd_analytics_store_begun    (CfdTx *tx, const char *site_id, gint64 since, gint64 until, GError **error);
CfdRows *cfd_analytics_store_answered (CfdTx *tx, const char *site_id, gint64 since, gint64 limit, GError **error);

G_END_DECLS
