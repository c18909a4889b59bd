/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db.h"
#include "draft-file.h"
#include "outbox-row.h"

G_BEGIN_DECLS

/**
 * CfaLocal:
 * What the person wrote and the server does not have: taken out of one cache file and put into the next.
 */
typedef struct
{
  GPtrArray *outbox;  /* of CfaOutboxRow, in order */
  GPtrArray *files;   /* of CfaDraftFile */
  GHashTable *drafts[2]; /* conversation id -> text: of answers, and of staff notes */
} CfaLocal;

void       cfa_local_free           (CfaLocal *self);
CfaLocal  *cfa_outbox_store_save    (CfaDb *db);
gboolean   cfa_outbox_store_restore (CfaDb *db, const CfaLocal *local, GError **error);
GPtrArray *cfa_outbox_store_list    (CfaDb *db, GError **error);
GPtrArray *cfa_outbox_store_of      (CfaDb *db, const char *conversation_id, GError **error);
gboolean   cfa_outbox_store_add     (CfaDb *db, const CfaOutboxRow *row, GError **error);
gboolean   cfa_outbox_store_mark    (CfaDb *db, const char *id, CfaRefusal failed, const char *problem, GError **error);
gboolean   cfa_outbox_store_remove  (CfaDb *db, const char *id, gboolean *was_there, GError **error);
gboolean   cfa_outbox_store_draft   (CfaDb *db, const char *conversation_id, const char *text, gboolean note, GError **error);
GPtrArray *cfa_outbox_store_files   (CfaDb *db, GError **error);
gboolean   cfa_outbox_store_set_files (CfaDb *db, const char *conversation_id, gboolean note, const GPtrArray *files, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfaLocal, cfa_local_free)

G_END_DECLS
