/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "protocol/records/saved-view.h"

G_BEGIN_DECLS

GPtrArray *cfd_saved_view_store_list  (CfdTx *tx, const char *organisation_id, const char *agent_id, GError **error);
gint64     cfd_saved_view_store_count (CfdTx *tx, const char *organisation_id, const char *owner_id, GError **error);

G_END_DECLS
