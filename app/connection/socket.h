/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "protocol/json-value.h"
#include "protocol/shape.h"

G_BEGIN_DECLS

#define CFA_TYPE_SOCKET (cfa_socket_get_type ())
G_DECLARE_FINAL_TYPE (CfaSocket, cfa_socket, CFA, SOCKET, GObject)

/*
 * One WebSocket from handshake to close, speaking JSON-RPC 2.0. Main thread.
 * Signals: "notified" (string method, const CfJson *params, borrowed for the emission) · "closed" (uint code, string reason), once, after every
 * waiting call has been answered with G_IO_ERROR_CONNECTION_CLOSED.
 */
CfaSocket *cfa_socket_new            (SoupWebsocketConnection *web);
void       cfa_socket_call_async     (CfaSocket *self, const char *method, gconstpointer params, const CfShape *result,
                                      guint timeout_ms, GAsyncReadyCallback callback, gpointer user_data);
gpointer   cfa_socket_call_finish    (CfaSocket *self, GAsyncResult *result, gint64 *retry_after_ms, GError **error);
void       cfa_socket_notify         (CfaSocket *self, const char *method, gconstpointer params);
gint64     cfa_socket_get_heard      (CfaSocket *self);
gint64     cfa_socket_get_waited     (CfaSocket *self);
void       cfa_socket_close          (CfaSocket *self, gushort code, const char *reason);

G_END_DECLS
