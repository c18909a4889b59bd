/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "protocol/records/scheduled-message.h"

G_BEGIN_DECLS

gint64     cfd_scheduled_store_count (CfdTx *tx, const char *conversation_id, GError **error);
GPtrArray *cfd_scheduled_store_due   (CfdTx *tx, gint64 now, gint64 limit, GError **error);
gint64     cfd_scheduled_store_next  (CfdTx *tx, GError **error);

G_END_DECLS
