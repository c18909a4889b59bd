/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"

G_BEGIN_DECLS

GPtrArray *cfd_sync_store_changes          (CfdTx *tx, const CfShape *shape, CfAudience audience, const char *owner, gint64 since,
                                            gboolean first, gint64 limit, GError **error);
gint64     cfd_sync_store_has_conversation (CfdTx *tx, const char *visitor_id, GError **error);

G_END_DECLS
