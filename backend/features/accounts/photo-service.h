/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/agent-params.h"

G_BEGIN_DECLS

char                *cfd_photos_make (const char *picture, GError **error);
CfAgent             *cfd_photos_set  (CfdTx *tx, const CfdCaller *by, const char *agent_id, const char *picture, GError **error);
CfAgentPhotosResult *cfd_photos_of   (CfdTx *tx, const CfdCaller *visitor, char *const *agent_ids, GError **error);
GBytes              *cfd_photos_read (CfdTx *tx, const char *token, GError **error);

G_END_DECLS
