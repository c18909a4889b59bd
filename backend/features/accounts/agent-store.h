/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "protocol/records/agent.h"

G_BEGIN_DECLS

gboolean   cfd_agent_store_by_email (CfdTx *tx, const char *email, CfAgent **out, GError **error);
GPtrArray *cfd_agent_store_list     (CfdTx *tx, const char *organisation_id, GError **error);
gint64     cfd_agent_store_admins   (CfdTx *tx, const char *organisation_id, GError **error);

G_END_DECLS
