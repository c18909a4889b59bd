/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/db-driver.h"

G_BEGIN_DECLS

/**
 * CfdBackupFiles:
 * The files that people have sent, beside the database's backup: in the folder BACKUP.files, each called ID.HASH, by the SHA-256 of its
 * content, so that what is in it can be proven at any time. A file of that id never changes, so a backup that takes the place of another
 * keeps what it has already; what only the old one needs goes away when the new one is whole.
 */
typedef struct _CfdBackupFiles CfdBackupFiles;

typedef struct
{
  guint files;
  guint64 bytes;
  guint missing; /* that a message has, and are not there */
} CfdBackupTally;

CfdBackupFiles       *cfd_backup_files_new       (const char *backup, const char *live, gboolean writes, GError **error);
gboolean              cfd_backup_files_save      (CfdBackupFiles *self, const GPtrArray *entries, CfdDbCopied copied, gpointer data, GError **error);
void                  cfd_backup_files_keep      (CfdBackupFiles *self);
gboolean              cfd_backup_files_restore   (CfdBackupFiles *self, const GPtrArray *entries, gboolean allow_missing, CfdDbCopied copied,
                                                  gpointer data, GError **error);
const CfdBackupTally *cfd_backup_files_get_tally (const CfdBackupFiles *self);
void                  cfd_backup_files_free      (CfdBackupFiles *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdBackupFiles, cfd_backup_files_free)

G_END_DECLS
