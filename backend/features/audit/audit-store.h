/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "protocol/records/audit-entry.h"

G_BEGIN_DECLS

GPtrArray *cfd_audit_store_list (CfdTx *tx, const char *organisation_id, const char *actor_id, const char *action, gint64 before,
                                 gint64 limit, GError **error);

G_END_DECLS
