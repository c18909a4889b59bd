/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/token-bucket.h"
#include "frame.h"
#include "peer.h"
#include "socket-loop.h"

G_BEGIN_DECLS

typedef enum
{
  CFD_PEER_OPEN,
  CFD_PEER_CLOSING, /* our close frame is queued or sent, theirs has not come */
  CFD_PEER_ENDED,   /* nothing more to hear or say: dropped when all is sent, or at once when nothing can be */
  CFD_PEER_GONE,    /* the descriptor is closed */
} CfdPeerState;

struct _CfdPeer
{
  CfdWatch watch;
  CfdTimer timer;
  struct _CfdTransport *transport;
  gpointer data;
  char *address;   /* interned GRefStrings: sockets of one client or page share them */
  char *limit_key;
  char *origin;
  CfdFrameReader reader;
  GByteArray *out; /* what is not sent yet, from a frame's first byte on; NULL when idle */
  CfdTokenBucket bucket;
  guint32 out_at;  /* bytes of @out that are sent */
  guint32 index;   /* in the transport's list */
  guint32 heard;   /* ticks */
  guint32 pinged;  /* 0 = not since we heard */
  guint32 settle_by; /* 0 = settled */
  guint32 references;
  guint state : 2;
  guint dirty : 1;     /* in the transport's list of those to flush */
  guint blocked : 1;   /* the socket takes no more, we wait for EPOLLOUT */
  guint dead : 1;      /* the socket failed */
  guint announced : 1; /* opened was called and closed was not */
  guint settle_left : 10; /* ticks that it has when it must settle once more */
};

CfdPeer *cfd_peer_new            (struct _CfdTransport *transport, int fd, const char *address, const char *limit_key, const char *origin);
gboolean cfd_peer_start          (CfdPeer *self);
void     cfd_peer_receive        (CfdPeer *self, const void *early, gsize length);
void     cfd_peer_finish_turn    (CfdPeer *self);
void     cfd_peer_update_watch   (CfdPeer *self);
void     cfd_peer_drop           (CfdPeer *self);

G_END_DECLS
