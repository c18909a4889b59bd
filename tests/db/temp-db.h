/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/db.h"

#include "protocol/records/message.h"
#include "protocol/records/organisation.h"

G_BEGIN_DECLS

/**
 * TempDb:
 * A database in a folder of its own, and what it has published and finished so far, in order.
 */
typedef struct
{
  char *folder;
  char *path;
  const CfdDbDriver *driver;
  CfdDb *db; /* nullable */
  GPtrArray *published; /* of CfdChangeset */
  guint n_done, n_failed;
} TempDb;

TempDb         *temp_db_new          (const CfdDbDriver *driver);
void            temp_db_open         (TempDb *self);
void            temp_db_close        (TempDb *self);
void            temp_db_listen       (TempDb *self);
void            temp_db_unlink       (TempDb *self);
void            temp_db_free         (TempDb *self);
CfOrganisation *temp_db_organisation (TempDb *self);
CfMessage      *temp_message_new     (const char *organisation_id, const char *text);
gboolean        temp_put             (CfdTx *tx, gpointer record, GError **error);
gint64          temp_count           (CfdDb *db, const char *sql);

/* Iterates the main loop until @condition holds. */
#define temp_wait(condition) \
  G_STMT_START { while (!(condition)) g_main_context_iteration (NULL, TRUE); } G_STMT_END

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TempDb, temp_db_free)

G_END_DECLS
