/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "request.h"
#include "socket-loop.h"

G_BEGIN_DECLS

/**
 * CfdPollLink:
 * One client who speaks by HTTP requests because WebSockets do not get through to it. It holds the far end of a socket pair whose near
 * end is a peer like any other, so that everything above knows of sockets only. What the peer says is kept until the client has it;
 * when too much is kept the pair fills up, and the peer is behind as any slow client is. Lives on the main loop.
 */
typedef struct _CfdPollLink CfdPollLink;

/* Nobody asked for a while, or the end was told. The callee frees the link. */
typedef void (*CfdPollLinkEnded) (CfdPollLink *self, gpointer data);

#define CFD_POLL_LINK_ID_LENGTH 43

typedef struct
{
  guint frame_max;      /* bytes of one text of the client */
  guint hold_seconds;   /* at most, a question waits for its answer */
  guint absent_seconds; /* at most, from an answer to the next question */
} CfdPollLinkLimits;

CfdPollLink *cfd_poll_link_new       (CfdSocketLoop *loop, const char *origin, const CfdPollLinkLimits *limits, int *near, CfdPollLinkEnded ended, gpointer data);
void         cfd_poll_link_free      (CfdPollLink *self);
const char  *cfd_poll_link_get_id    (CfdPollLink *self);
gboolean     cfd_poll_link_is_from   (CfdPollLink *self, const char *origin);
void         cfd_poll_link_listen    (CfdPollLink *self, CfdRequest *request, guint64 after);
void         cfd_poll_link_say       (CfdPollLink *self, CfdRequest *request, guint64 first);
void         cfd_poll_link_hang_up   (CfdPollLink *self, GBytes *body, guint64 first);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdPollLink, cfd_poll_link_free)

G_END_DECLS
