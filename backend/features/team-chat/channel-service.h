/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/channel-params.h"

G_BEGIN_DECLS

/* In how many channels one agent can be. */
#define CFD_CHANNELS_MAX 500

CfChannel *cfd_channels_require     (CfdTx *tx, const CfdCaller *by, const char *id, GError **error);

/* All return (transfer full) the records that were touched or asked for, or NULL with an error. */
GPtrArray *cfd_channels_list        (CfdTx *tx, const CfdCaller *by, GError **error);
GPtrArray *cfd_channels_open_direct (CfdTx *tx, const CfdCaller *by, const char *agent_id, GError **error);
GPtrArray *cfd_channels_put         (CfdTx *tx, const CfdCaller *by, const CfChannelPutParams *params, GError **error);
GPtrArray *cfd_channels_leave       (CfdTx *tx, const CfdCaller *by, const char *id, GError **error);

G_END_DECLS
