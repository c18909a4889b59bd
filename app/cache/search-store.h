/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db.h"

#include "protocol/methods/search-params.h"

G_BEGIN_DECLS

CfSearchResult *cfa_search_store_find (CfaDb *db, const CfSearchMessagesParams *params, gboolean people, guint limit, GError **error);

G_END_DECLS
