/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "protocol/methods/file-params.h"

G_BEGIN_DECLS

#define CFA_TYPE_TRANSFER (cfa_transfer_get_type ())
G_DECLARE_FINAL_TYPE (CfaTransfer, cfa_transfer, CFA, TRANSFER, GObject)

typedef void (*CfaTransferProgress) (gint64 done, gpointer data);

/* The content of files between this computer and a server, in pieces; see "Files" in docs/protocol.md. Main thread; nothing here waits. */
CfaTransfer  *cfa_transfer_new            (const char *server, const char *token);
void          cfa_transfer_measure_async  (CfaTransfer *self, const char *path, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
gint64        cfa_transfer_measure_finish (GAsyncResult *result, GError **error);
void          cfa_transfer_put_async      (CfaTransfer *self, const char *path, GBytes *piece, gint64 first, gint64 size,
                                           CfaTransferProgress progress, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
CfFileResult *cfa_transfer_put_finish     (GAsyncResult *result, GError **error);
void          cfa_transfer_get_async      (CfaTransfer *self, const char *path, GFile *target, CfaTransferProgress progress,
                                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean      cfa_transfer_get_finish     (GAsyncResult *result, GError **error);

G_END_DECLS
