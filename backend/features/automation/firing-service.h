/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/trigger-params.h"

G_BEGIN_DECLS

/* Who writes so long after they met a trigger has answered it. */
#define CFD_TRIGGER_ANSWER_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)
/* Who goes away and comes back sooner is still there: a browser alone can't make a new visit of it. */
#define CFD_TRIGGER_PAUSE_MS  (G_GINT64_CONSTANT (30) * 60 * 1000)

/* Of triggers that are met at once, or nearly so, only the first shows something. */
#define CFD_TRIGGER_QUIET_MS  (G_GINT64_CONSTANT (30) * 1000)

CfTriggerOffersResult *cfd_triggers_offers   (CfdTx *tx, const CfdCaller *visitor, const CfTriggerOffersParams *params, GError **error);
CfTriggerFireResult   *cfd_triggers_fire     (CfdTx *tx, const CfdCaller *visitor, const CfTriggerFireParams *params, GError **error);
gboolean               cfd_triggers_answered (CfdTx *tx, const CfdCaller *visitor, char **department_id, GError **error);

G_END_DECLS
