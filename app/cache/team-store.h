/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db.h"

#include "protocol/record.h"

G_BEGIN_DECLS

char       *cfa_team_store_channel (CfaDb *db, const CfRecord *seat);
gboolean    cfa_team_store_leave   (CfaDb *db, const char *channel_id, const CfRecord *seat, GPtrArray *gone, GError **error);
gboolean    cfa_team_store_is_late (CfaDb *db, const CfRecord *record);
gboolean    cfa_team_store_sweep   (CfaDb *db, GError **error);
GHashTable *cfa_team_store_unread  (CfaDb *db, const char *agent_id, GError **error);

G_END_DECLS
