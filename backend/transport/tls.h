/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "socket-loop.h"

G_BEGIN_DECLS

/**
 * CfdTls:
 * TLS in front of everything else: each TCP connection is deciphered by GnuTLS into one end of a socket pair, whose other end is
 * served like a plain connection, as HTTP first and as a WebSocket later. (libmicrohttpd can do TLS itself, but forwards an
 * upgraded connection in pieces of four bytes, on a thread of its own.)
 */
typedef struct _CfdTls CfdTls;

CfdTls  *cfd_tls_new     (CfdSocketLoop *loop, const char *cert_path, const char *key_path, GError **error);
void     cfd_tls_free    (CfdTls *self);
int      cfd_tls_wrap    (CfdTls *self, int fd);
gboolean cfd_tls_is_busy (CfdTls *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdTls, cfd_tls_free)

G_END_DECLS
