/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"

G_BEGIN_DECLS

CfdRows *cfd_search_store_messages (CfdTx *tx, const char *match, gint64 from, gint64 before, GError **error);
CfdRows *cfd_search_store_visitors (CfdTx *tx, const char *match, gint64 before, GError **error);
CfdRows *cfd_search_store_team     (CfdTx *tx, const char *match, const char *agent_id, gint64 before, GError **error);
gboolean cfd_search_store_row_at   (CfdTx *tx, gint64 time, gint64 *row, GError **error);

G_END_DECLS
