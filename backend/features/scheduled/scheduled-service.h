/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/due-timer.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/scheduled-params.h"

G_BEGIN_DECLS

/* All return (transfer full) the records that were touched, or NULL with an error. */
GPtrArray *cfd_scheduled_add    (CfdTx *tx, const CfdCaller *caller, const CfScheduledAddParams *params, GError **error);
GPtrArray *cfd_scheduled_update (CfdTx *tx, const CfdCaller *caller, const CfScheduledUpdateParams *params, GError **error);
GPtrArray *cfd_scheduled_cancel (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error);
GPtrArray *cfd_scheduled_send   (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error);

/* What is sent when its time has come. */
extern const CfdDueKind cfd_scheduling;

G_END_DECLS
