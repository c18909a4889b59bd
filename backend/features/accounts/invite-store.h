/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "protocol/records/invite.h"

G_BEGIN_DECLS

gboolean   cfd_invite_store_by_hash (CfdTx *tx, const char *token_hash, CfInvite **out, GError **error);
GPtrArray *cfd_invite_store_list    (CfdTx *tx, const char *organisation_id, GError **error);

G_END_DECLS
