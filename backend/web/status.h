/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/jobs/job-worker.h"
#include "backend/rpc/router.h"
#include "backend/rpc/socket-door.h"
#include "backend/transport/transport.h"

G_BEGIN_DECLS

/**
 * CfdStatus:
 * How the server is, for those who watch over it: /health and /metrics.
 */
typedef struct
{
  CfdDb *db;
  CfdHub *hub;
  CfdRouter *router;
  CfdSocketDoor *sockets;
  CfdTransport *transport;
  CfdJobWorker *mail; /* NULL = none is sent */
  char *database; /* path */
} CfdStatus;

void cfd_status_respond_health (const CfdStatus *self, CfdRequest *request);

G_END_DECLS
