/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/transport/peer.h"
#include "router.h"

G_BEGIN_DECLS

/**
 * CfdSocketDoor:
 * JSON-RPC over WebSockets: from a message to a job, and from its result to the answer.
 */
typedef struct _CfdSocketDoor CfdSocketDoor;

typedef struct
{
  guint visitors, agents, unopened; /* sockets by who is at the other end */
  guint64 opened_visitors, opened_agents; /* session.open: by whom, and why not */
  guint64 open_refused[CF_N_ERRORS];
} CfdSocketDoorStats;

CfdSocketDoor *cfd_socket_door_new       (CfdRouter *router);
void           cfd_socket_door_opened    (CfdSocketDoor *self, CfdPeer *peer);
void           cfd_socket_door_text      (CfdSocketDoor *self, CfdPeer *peer, const char *text, gsize length);
void           cfd_socket_door_closed    (CfdSocketDoor *self, CfdPeer *peer);
void           cfd_socket_door_get_stats (CfdSocketDoor *self, CfdSocketDoorStats *out);
void           cfd_socket_door_free      (CfdSocketDoor *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdSocketDoor, cfd_socket_door_free)

G_END_DECLS
