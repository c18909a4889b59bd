/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/db-driver.h"

G_BEGIN_DECLS

/**
 * CfdBackupEntry:
 * A file that the database counts on.
 */
typedef struct
{
  char *id;
  gint64 size;
  gboolean sent; /* a message has it; else it may be forgotten at any time */
} CfdBackupEntry;

GPtrArray *cfd_backup_store_files (const CfdDbDriver *driver, const char *copy, GError **error);

G_END_DECLS
