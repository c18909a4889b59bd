/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/tx.h"
#include "backend/rpc/caller.h"
#include "protocol/methods/search-params.h"

G_BEGIN_DECLS

CfSearchResult *cfd_search_messages (CfdTx *tx, const CfdCaller *caller, const CfSearchMessagesParams *params, GError **error);
CfSearchResult *cfd_search_visitors (CfdTx *tx, const CfdCaller *caller, const CfSearchVisitorsParams *params, GError **error);
CfSearchResult *cfd_search_team     (CfdTx *tx, const CfdCaller *caller, const CfSearchTeamParams *params, GError **error);

G_END_DECLS
