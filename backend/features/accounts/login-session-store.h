/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "protocol/records/login-session.h"

G_BEGIN_DECLS

gboolean   cfd_login_session_store_by_hash (CfdTx *tx, const char *token_hash, CfLoginSession **out, GError **error);
GPtrArray *cfd_login_session_store_list    (CfdTx *tx, const char *agent_id, gint64 now, GError **error);

G_END_DECLS
