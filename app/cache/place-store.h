/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db.h"
#include "delta.h"

G_BEGIN_DECLS

/*
 * Where each conversation stands in the folders, kept beside the records, the outbox included, so that every question about
 * the order is answered by an index. Cache thread.
 */
gboolean    cfa_place_store_settle      (CfaDb *db, const char *agent_id, const char *id, GArray *watches, GPtrArray *views,
                                         CfaDelta *delta, GError **error);
gboolean    cfa_place_store_regroup     (CfaDb *db, const char *agent_id, GArray *watches, GPtrArray *views, CfaDelta *delta, GError **error);
gboolean    cfa_place_store_sum_up      (CfaDb *db, CfaDelta *delta, GError **error);
gint64      cfa_place_store_number      (CfaDb *db);
CfaCount    cfa_place_store_count       (CfaDb *db, const char *folder);
GHashTable *cfa_place_store_count_all   (CfaDb *db, GError **error);
GPtrArray  *cfa_place_store_slice       (CfaDb *db, const char *folder, CfaOrder order, guint offset, guint limit, GError **error);
int         cfa_place_store_position    (CfaDb *db, const char *folder, CfaOrder order, const char *id);
char       *cfa_place_store_next_unread (CfaDb *db, const char *folder, const char *after);
gboolean    cfa_place_store_clear       (CfaDb *db, GError **error);

G_END_DECLS
