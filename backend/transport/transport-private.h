/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "address-limits.h"
#include "listener.h"
#include "proxies.h"
#include "socket-loop.h"
#include "transport.h"

G_BEGIN_DECLS

#define CFD_READ_SIZE (64 * 1024)

struct _CfdTransport
{
  CfdTransportOptions options; /* numbers and socket_path; the rest is NULL after start */
  CfdTransportHandlers handlers;
  gpointer data;
  CfdSocketLoop *loop;
  CfdListener *listener; /* NULL once quiet */
  struct _CfdTls *tls; /* NULL = plain */
  struct _CfdHttp *http;
  struct _CfdPolling *polling; /* nullable */
  CfdProxies *proxies;
  CfdAddressLimits *limits;
  GPtrArray *peers; /* one reference each */
  GPtrArray *dirty; /* peers that have something to do at the turn's end; one reference each */
  CfdTransportStats stats;
  guint port;
  gboolean quiet; /* cfd_transport_quiesce() was called */
  guint8 read_buffer[CFD_READ_SIZE];
};

/* What the parts below tell the transport, on the main loop. */
void cfd_transport_dispatch  (CfdTransport *self, CfdRequest *request);
void cfd_transport_open_peer (CfdTransport *self, CfdRequest *request, int fd, const void *early, gsize early_length);
void cfd_transport_mark      (CfdTransport *self, CfdPeer *peer);

G_END_DECLS
