/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfdPeer:
 * One open WebSocket. Lives on the main loop. An idle peer owns no buffers. What is sent in one turn of the loop leaves in one
 * system call at its end; a peer that is further behind than the send limit is closed with 1013.
 */
typedef struct _CfdPeer CfdPeer;

typedef enum
{
  CFD_CLOSE_NORMAL      = 1000,
  CFD_CLOSE_PROTOCOL    = 1002,
  CFD_CLOSE_UNSUPPORTED = 1003,
  CFD_CLOSE_BAD_TEXT    = 1007,
  CFD_CLOSE_POLICY      = 1008,
  CFD_CLOSE_TOO_LARGE   = 1009,
  CFD_CLOSE_RESTART     = 1012,
  CFD_CLOSE_TOO_SLOW    = 1013,
  CFD_CLOSE_SESSION     = 4001,
} CfdCloseCode;

CfdPeer    *cfd_peer_ref         (CfdPeer *self);
void        cfd_peer_unref       (CfdPeer *self);
const char *cfd_peer_get_address (CfdPeer *self);
const char *cfd_peer_get_origin  (CfdPeer *self); /* the Origin header of the handshake; nullable */
gboolean    cfd_peer_is_open     (CfdPeer *self); /* FALSE once closing; sends are then ignored */

gboolean    cfd_peer_is_behind   (CfdPeer *self); /* does not take at once what is sent: leave out what may be dropped */

/* Queues one text message: @head and @body one after the other (either may be empty). */
void        cfd_peer_send        (CfdPeer *self, const char *head, gsize head_length, const char *body, gsize body_length);
/* Sends what is queued, a close frame, and closes; the closed callback follows from the loop. */
void        cfd_peer_close       (CfdPeer *self, guint code, const char *reason);
/* Takes @cost from the peer's bucket; FALSE when it is empty, then @retry_after_ms says how long to wait. */
gboolean    cfd_peer_spend       (CfdPeer *self, guint cost, gint64 *retry_after_ms);
/* The peer has said who it is: the deadline for session.open is over. */
void        cfd_peer_settle      (CfdPeer *self);
void        cfd_peer_unsettle    (CfdPeer *self);
/* One slot for the owner above the transport. */
void        cfd_peer_set_data    (CfdPeer *self, gpointer data);
gpointer    cfd_peer_get_data    (CfdPeer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdPeer, cfd_peer_unref)

G_END_DECLS
