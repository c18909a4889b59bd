/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/worker.h"

G_BEGIN_DECLS

/**
 * CfdFileSink:
 * Bytes on their way to the disk. Used on the main loop; the writing is the worker's, so that no slow disk holds up anyone else.
 */
typedef struct _CfdFileSink CfdFileSink;

/* @stored: bytes that are on the disk, all synced; with an error none */
typedef void (*CfdFileSinkDone)  (gint64 stored, const GError *error, gpointer data);
typedef void (*CfdFileSinkEased) (gpointer data);

CfdFileSink *cfd_file_sink_new    (CfdWorker *worker, const char *folder, const char *id, gint64 from);
void         cfd_file_sink_write  (CfdFileSink *self, const void *bytes, gsize length);
gboolean     cfd_file_sink_is_full (CfdFileSink *self);
void         cfd_file_sink_set_eased (CfdFileSink *self, CfdFileSinkEased eased, gpointer data); /* NULL = none */
void         cfd_file_sink_finish (CfdFileSink *self, CfdFileSinkDone done, gpointer data); /* takes self; done nullable */

G_END_DECLS
