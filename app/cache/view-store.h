/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db.h"
#include "delta.h"
#include "place.h"

#include "protocol/records/saved-view.h"

G_BEGIN_DECLS

/* What the saved views show, kept beside the places, so that a view is read and counted like any other folder. Cache thread. */
GPtrArray *cfa_view_store_all    (CfaDb *db, GError **error);
void       cfa_view_store_find   (GPtrArray *views, CfaPlace *place, const char *agent_id, gint64 now);
GPtrArray *cfa_view_store_of     (CfaDb *db, const char *id);
gboolean   cfa_view_store_put    (CfaDb *db, const char *id, const CfaPlace *place, GError **error);
gboolean   cfa_view_store_ripen  (CfaDb *db, GPtrArray *views, gint64 now, GHashTable *touched, GError **error);

G_END_DECLS
