/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db.h"
#include "delta.h"

G_BEGIN_DECLS

/*
 * Where each conversation stands in the inboxes, kept beside the records, the outbox included, so that every question about
 * the order is answered by an index. Cache thread.
 */
gboolean   cfa_place_store_settle      (CfaDb *db, const char *agent_id, const char *id, CfaDelta *delta, GError **error);
gboolean   cfa_place_store_sum_up      (CfaDb *db, CfaDelta *delta, GError **error);
gint64     cfa_place_store_number      (CfaDb *db);
void       cfa_place_store_count       (CfaDb *db, CfaInbox inbox, guint *n, guint *unread);
GPtrArray *cfa_place_store_slice       (CfaDb *db, CfaInbox inbox, guint offset, guint limit, GError **error);
int        cfa_place_store_position    (CfaDb *db, CfaInbox inbox, const char *id);
char      *cfa_place_store_next_unread (CfaDb *db, CfaInbox inbox, const char *after);
gboolean   cfa_place_store_clear       (CfaDb *db, GError **error);

G_END_DECLS
