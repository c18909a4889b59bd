/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "census.h"

G_BEGIN_DECLS

/**
 * CfdSnapshotFile:
 * A file that is written under a name of its own (FILE.part) and takes its place when it is whole: whatever ends the
 * process before, the file that was there is as it was.
 */
typedef struct
{
  char *path;
  char *part;
  int fd;
  CfdDbCopied copied;
  gpointer data;
  gint64 resumed; /* when the copy last went on */
  guint64 synced;
} CfdSnapshotFile;

CfdSnapshotFile *cfd_snapshot_file_new    (const char *path, GError **error);
gboolean         cfd_snapshot_file_fill   (CfdSnapshotFile *self, const CfdDbDriver *driver, CfdDbHandle *from, const CfdCensus *expected,
                                           CfdDbCopied copied, gpointer data, GError **error);
gboolean         cfd_snapshot_file_commit (CfdSnapshotFile *self, GError **error);
void             cfd_snapshot_file_free   (CfdSnapshotFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdSnapshotFile, cfd_snapshot_file_free)

G_END_DECLS
