/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db.h"

#include "protocol/record.h"

G_BEGIN_DECLS

gboolean   cfa_record_store_apply    (CfaDb *db, CfRecord *record, GHashTable *touched, gboolean *kept, GError **error);
gboolean   cfa_record_store_clear    (CfaDb *db, GError **error);
CfRecord  *cfa_record_store_read     (const CfShape *shape, sqlite3_stmt *statement);
CfRecord  *cfa_record_store_get      (CfaDb *db, const CfShape *shape, const char *id, GError **error);
GPtrArray *cfa_record_store_find     (CfaDb *db, const CfShape *shape, const char *where, const char *id, guint limit, GError **error);
GPtrArray *cfa_record_store_visitor  (CfaDb *db, const char *id, GError **error);
GPtrArray *cfa_record_store_all      (CfaDb *db, const CfShape *shape, GError **error);
GPtrArray *cfa_record_store_messages (CfaDb *db, const CfShape *shape, const char *conversation_id, gint64 before_position,
                                      const char *before_id, guint limit, GError **error);

G_END_DECLS
