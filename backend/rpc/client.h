/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/hub/subscriber.h"
#include "protocol/rpc.h"

G_BEGIN_DECLS

/* Calls of one peer that may be under way, or wait for session.open, at a time. */
#define CFD_CLIENT_CALLS_MAX 64

typedef enum
{
  CFD_CLIENT_NEW,     /* has said nothing of itself */
  CFD_CLIENT_OPENING, /* session.open is under way; later calls wait */
  CFD_CLIENT_OPEN,
  CFD_CLIENT_GONE,
} CfdClientState;

/**
 * CfdClient:
 * What the socket door knows of one peer. Referenced by the calls that are under way, which may outlive the peer.
 */
typedef struct
{
  grefcount references;
  struct _CfdSocketDoor *door;
  CfdPeer *peer;
  CfdClientState state;
  CfdSubscriber *subscriber; /* (nullable): once open; belongs to the hub */
  GQueue waiting;            /* of CfRpcMessage */
  guint in_flight;
  guint refusals; /* since refusals_since */
  gint64 refusals_since;
} CfdClient;

CfdClient *cfd_client_new          (struct _CfdSocketDoor *door, CfdPeer *peer);
CfdClient *cfd_client_ref          (CfdClient *self);
void       cfd_client_unref        (CfdClient *self);
gboolean   cfd_client_lost_patience (CfdClient *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdClient, cfd_client_unref)

G_END_DECLS
