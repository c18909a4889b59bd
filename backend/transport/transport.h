/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "peer.h"
#include "request.h"

G_BEGIN_DECLS

/**
 * CfdTransport:
 * Listens, speaks HTTP by libmicrohttpd and WebSocket by our own frames, holds all limits that concern bytes and
 * connections, and knows nothing of what is said. All callbacks come on the main loop (the thread-default context
 * of cfd_transport_new()).
 */
typedef struct _CfdTransport CfdTransport;

typedef struct
{
  const char *listen;      /* "127.0.0.1:8080", "[::]:8080"; port 0 = any free one */
  const char *socket_path; /* HTTP path that upgrades: "/api/v1/socket" */
  const char *poll_path;   /* nullable: HTTP path of those whom WebSockets do not reach: "/api/v1/poll" */
  const char *tls_cert;    /* nullable: PEM files; both or none */
  const char *tls_key;
  const char *const *proxies; /* addresses or CIDR ranges whose X-Forwarded-For and -Proto are believed; nullable */
  guint max_connections;      /* HTTP and sockets together */
  guint max_per_address;
  guint frame_max;            /* bytes of one message from a client, over all its fragments */
  guint body_max;             /* bytes of one HTTP body */
  guint send_queue_max;       /* bytes a peer may be behind */
  guint handshake_seconds;    /* idle HTTP connection, slow headers */
  guint settle_seconds;       /* from the upgrade to cfd_peer_settle(), and from cfd_peer_unsettle() */
  guint ping_seconds;         /* of silence until we ping */
  guint pong_seconds;         /* of silence after the ping until we close */
  guint peer_rate, peer_burst;       /* calls per second of one peer */
  guint address_rate, address_burst; /* requests and handshakes per second of one address */
} CfdTransportOptions;

typedef struct
{
  void     (*request) (CfdRequest *request, gpointer data); /* every HTTP request but the upgrade */
  gboolean (*accept)  (CfdRequest *handshake, gpointer data); /* may the socket be opened (origin); FALSE = answered 403 */
  void     (*opened)  (CfdPeer *peer, gpointer data);
  void     (*text)    (CfdPeer *peer, const char *text, gsize length, gpointer data); /* one whole message, valid UTF-8, not terminated */
  void     (*closed)  (CfdPeer *peer, gpointer data); /* last callback of this peer */
  void     (*flushed) (gpointer data); /* (nullable): a turn is over, all that was queued in it has been given to the sockets */
  void     (*begin)   (CfdRequest *request, gpointer data); /* (nullable): its headers are there, its body comes: cfd_request_stream() takes it */
} CfdTransportHandlers;

/* Counters since start and gauges, for /metrics. */
typedef struct
{
  guint http_connections, sockets;
  guint64 handshakes, requests, messages_in, messages_out, bytes_in, bytes_out;
  guint64 closed_too_slow, closed_protocol, closed_silent, closed_unopened, refused_rate, refused_limit;
  guint64 queued_bytes; /* now, all peers */
} CfdTransportStats;

CfdTransport *cfd_transport_new        (const CfdTransportOptions *options, const CfdTransportHandlers *handlers, gpointer data, GError **error);
guint         cfd_transport_get_port   (CfdTransport *self);
void          cfd_transport_get_stats  (CfdTransport *self, CfdTransportStats *out);
void          cfd_transport_flush      (CfdTransport *self); /* what was queued for peers is sent now, not at the end of the next turn */
void          cfd_transport_quiesce    (CfdTransport *self); /* no new connections, no more reading */
void          cfd_transport_close_all  (CfdTransport *self, guint code, const char *reason);
void          cfd_transport_free       (CfdTransport *self); /* flushes for at most a second, then drops */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdTransport, cfd_transport_free)

G_END_DECLS
