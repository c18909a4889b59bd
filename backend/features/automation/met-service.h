/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"

G_BEGIN_DECLS

/* Which triggers one visitor has met, and which goals they have reached: what is known of them, for whoever may ask for all of it. */

GPtrArray *cfd_met_triggers  (CfdTx *tx, const CfdCaller *by, const char *visitor_id, GError **error);
GPtrArray *cfd_reached_goals (CfdTx *tx, const CfdCaller *by, const char *visitor_id, GError **error);
char      *cfd_met_place     (const CfStruct *one);

G_END_DECLS
