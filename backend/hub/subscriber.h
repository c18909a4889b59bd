/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/rpc/caller.h"
#include "backend/transport/peer.h"
#include "protocol/error.h"
#include "protocol/record.h"

G_BEGIN_DECLS

/**
 * CfdSubscriber:
 * A peer that has said who it is, as the hub sees it. Made and freed by the hub; lives on the main loop.
 */
typedef struct _CfdSubscriber
{
  CfdPeer *peer;
  CfdCaller *caller;
  struct _CfdRoom *room;
  struct _CfdSubscriber *previous, *next; /* the same visitor's others, for the index */
  gint64 told;     /* the last revision this peer was told of */
  guint live : 1;   /* gets all later revisions */
  guint ending : 1; /* its session is over, or is to begin anew; it is closed as soon as the answers of this turn are out */
  guint renewed : 1; /* it is to begin anew */
  CfError end_code : 16;
  guint end_source;
} CfdSubscriber;

CfdSubscriber *cfd_subscriber_new        (CfdPeer *peer, CfdCaller *caller);
void           cfd_subscriber_set_caller (CfdSubscriber *self, CfdCaller *caller);
void           cfd_subscriber_note       (CfdSubscriber *self, const CfRecord *record);
void           cfd_subscriber_settle     (CfdSubscriber *self);
void           cfd_subscriber_end        (CfdSubscriber *self, CfError code);
void           cfd_subscriber_renew      (CfdSubscriber *self);
void           cfd_subscriber_free       (CfdSubscriber *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdSubscriber, cfd_subscriber_free)

G_END_DECLS
