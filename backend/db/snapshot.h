/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "census.h"

G_BEGIN_DECLS

/**
 * CfdSnapshot:
 * A whole database in one file that nobody writes to: made from a living one, or put in the place of one. On engines that have
 * no tools of their own for that.
 */
typedef struct
{
  guint64 bytes;
  guint64 records;
  /* given, may: called with the proven copy before it takes its place; what belongs to it is brought along here */
  gboolean (*proven) (const char *copy, gpointer data, GError **error);
  gpointer proven_data;
} CfdSnapshot;

gboolean cfd_snapshot_check_space (const char *path, guint64 needed, GError **error);
gboolean cfd_snapshot_save        (const CfdDbDriver *driver, const char *database, const char *file, gboolean force,
                                   CfdDbCopied copied, gpointer data, CfdSnapshot *out, GError **error);
gboolean cfd_snapshot_restore     (const CfdDbDriver *driver, const char *file, const char *database, gboolean force,
                                   CfdDbCopied copied, gpointer data, CfdSnapshot *out, char **aside, GError **error);

G_END_DECLS
