/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "socket-loop.h"

#include <gnutls/gnutls.h>

G_BEGIN_DECLS

/**
 * CfdTlsConnection:
 * One connection between a client that speaks TLS and the near end of a socket pair. Either side may end its stream first. What one side
 * does not take is not read from the other.
 */
typedef struct _CfdTlsConnection CfdTlsConnection;

/* The connection is over and about to be freed. */
typedef void (*CfdTlsEnded) (CfdTlsConnection *connection, gpointer data);

CfdTlsConnection *cfd_tls_connection_new  (CfdSocketLoop *loop, gnutls_session_t session, int net, int plain, CfdTlsEnded ended, gpointer data);
void              cfd_tls_connection_free (CfdTlsConnection *self);

G_END_DECLS
