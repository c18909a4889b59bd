/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client.h"

/* A peer that is told to wait this often in this time does not listen. */
#define REFUSALS_MAX 500
#define REFUSALS_SECONDS 10

CfdClient *
cfd_client_new (struct _CfdSocketDoor *door, CfdPeer *peer)
{
  CfdClient *self = g_new0 (CfdClient, 1);

  g_ref_count_init (&self->references);
  self->door = door;
  self->peer = cfd_peer_ref (peer);
  g_queue_init (&self->waiting);
  return self;
}

CfdClient *
cfd_client_ref (CfdClient *self)
{
  g_ref_count_inc (&self->references);
  return self;
}

void
cfd_client_unref (CfdClient *self)
{
  if (!g_ref_count_dec (&self->references))
    return;
  g_queue_clear_full (&self->waiting, (GDestroyNotify) cf_rpc_message_free);
  cfd_peer_unref (self->peer);
  g_free (self);
}

/**
 * cfd_client_lost_patience:
 * One more call was refused because the peer is over its rate.
 * Returns: whether it has hammered on regardless for so long that the socket should be closed
 */
gboolean
cfd_client_lost_patience (CfdClient *self)
{
  gint64 now = g_get_monotonic_time ();

  if (now - self->refusals_since > REFUSALS_SECONDS * G_USEC_PER_SEC)
    {
      self->refusals = 0;
      self->refusals_since = now;
    }
  return ++self->refusals > REFUSALS_MAX;
}
