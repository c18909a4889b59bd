/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/conversation-params.h"

G_BEGIN_DECLS

/* What becomes of a message later. Both return (transfer full) the records that were touched, or NULL with an error. */
GPtrArray *cfd_messages_edit   (CfdTx *tx, const CfdCaller *caller, const CfMessageEditParams *params, GError **error);
GPtrArray *cfd_messages_remove (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error);

G_END_DECLS
