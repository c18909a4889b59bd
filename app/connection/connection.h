/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "socket.h"

G_BEGIN_DECLS

typedef enum
{
  CFA_CONNECTION_STOPPED,
  CFA_CONNECTION_CONNECTING,
  CFA_CONNECTION_CONNECTED, /* the socket is open; session.open is the owner's business */
  CFA_CONNECTION_WAITING,   /* for the next attempt */
  CFA_CONNECTION_ENDED,     /* the server ended the session */
} CfaConnectionState;

#define CFA_TYPE_CONNECTION (cfa_connection_get_type ())
G_DECLARE_FINAL_TYPE (CfaConnection, cfa_connection, CFA, CONNECTION, GObject)

/*
 * Keeps one socket to a server open, and opens another when it is lost. Main thread.
 * Signals: "changed" (the state is another) · "notified" (string method, const CfJson *params, borrowed for the emission).
 */
CfaConnection      *cfa_connection_new          (const char *server);
void                cfa_connection_start        (CfaConnection *self);
void                cfa_connection_stop         (CfaConnection *self);
void                cfa_connection_try_now      (CfaConnection *self);
void                cfa_connection_ready        (CfaConnection *self);
void                cfa_connection_fail         (CfaConnection *self, const char *problem);
void                cfa_connection_end          (CfaConnection *self, const char *reason);
CfaConnectionState  cfa_connection_get_state    (CfaConnection *self);
CfaSocket          *cfa_connection_get_socket   (CfaConnection *self);
const char         *cfa_connection_get_problem  (CfaConnection *self);
gint64              cfa_connection_get_retry_at (CfaConnection *self);

G_END_DECLS
