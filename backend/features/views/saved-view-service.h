/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/saved-view-params.h"

G_BEGIN_DECLS

/* Of one agent, and shared ones of one organisation. */
#define CFD_VIEWS_MAX 100

GPtrArray   *cfd_saved_views_list   (CfdTx *tx, const CfdCaller *by, GError **error);
CfSavedView *cfd_saved_views_add    (CfdTx *tx, const CfdCaller *by, const CfViewAddParams *params, GError **error);
CfSavedView *cfd_saved_views_update (CfdTx *tx, const CfdCaller *by, const CfViewUpdateParams *params, GError **error);
CfSavedView *cfd_saved_views_remove (CfdTx *tx, const CfdCaller *by, const char *id, GError **error);

G_END_DECLS
