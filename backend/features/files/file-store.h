/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "protocol/records/file.h"

G_BEGIN_DECLS

gint64     cfd_file_store_count      (CfdTx *tx, const char *conversation_id, GError **error);
gint64     cfd_file_store_unfinished (CfdTx *tx, const char *visitor_id, GError **error);
GPtrArray *cfd_file_store_checking   (CfdTx *tx, gint64 since, GError **error);
GPtrArray *cfd_file_store_unsent     (CfdTx *tx, gint64 before, gint64 limit, GError **error);

G_END_DECLS
