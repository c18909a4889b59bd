/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/transport/peer.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * FakePeer:
 * Takes the place of the transport's peers: remembers what was sent and how it was closed.
 */
struct _CfdPeer
{
  int references;
  char *origin;
  gboolean open, behind, settled;
  GPtrArray *sent; /* of char *, oldest first */
  guint taken;     /* of them, by fake_peer_next() */
  guint close_code;
  char *close_reason;
  gint tokens; /* calls until the bucket is empty; -1 = never */
  gpointer data;
};

CfdPeer    *fake_peer_new    (void);
const char *fake_peer_next   (CfdPeer *self); /* the next text, or NULL */
JsonObject *fake_peer_wait   (CfdPeer *self); /* transfer full: iterates the loop until there is one */
JsonObject *fake_peer_parse  (const char *text); /* transfer full */

G_END_DECLS
