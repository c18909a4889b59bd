/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "person-store.h"
#include "protocol/methods/privacy-params.h"

G_BEGIN_DECLS

CfErasureResult *cfd_erasures_ask    (CfdTx *tx, const CfdCaller *by, const char *id, GError **error);
gboolean         cfd_erasures_step   (CfdTx *tx, const CfdErasure *erasure, gboolean *more, GError **error);
GPtrArray       *cfd_erasures_files  (CfdTx *tx, const CfdErasure *erasure, GError **error);
gboolean         cfd_erasures_finish (CfdTx *tx, const CfdErasure *erasure, GError **error);
GPtrArray       *cfd_erasures_waiting (CfdTx *tx, GError **error);

G_END_DECLS
