/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/db.h"
#include "online.h"
#include "protocol/methods/signal.h"
#include "protocol/records/author-kind.h"
#include "subscriber.h"

G_BEGIN_DECLS

/**
 * CfdHub:
 * Who hears what. Gets every committed change from the database and every signal from the router, and tells the peers whom they
 * concern. Lives on the main loop; freed after the database was closed and all peers have gone.
 */
typedef struct _CfdHub CfdHub;

typedef struct
{
  guint live;        /* peers that get changes now */
  guint64 published; /* changesets since the start */
  guint64 texts[CF_AUTHOR_SYSTEM + 1]; /* new text messages by CfAuthorKind */
  guint64 lost;      /* looks at pages for which there was no room */
  CfdHistogram delivery; /* of each change: from its call's submission until it was sent to whom it concerns */
} CfdHubStats;

CfdHub        *cfd_hub_new          (CfdDb *db, guint grace_ms);
void           cfd_hub_publish      (CfdChangeset *changes, gpointer hub); /* a CfdDbPublish */
void           cfd_hub_sent         (CfdHub *self); /* what was published has been handed to the sockets */
CfdSubscriber *cfd_hub_attach       (CfdHub *self, CfdPeer *peer, CfdCaller *caller, gint64 read, const GPtrArray *records);
void           cfd_hub_detach       (CfdHub *self, CfdSubscriber *subscriber);
gboolean       cfd_hub_can_resume   (CfdHub *self, const char *organisation_id, gint64 rev);
void           cfd_hub_resume       (CfdHub *self, CfdSubscriber *subscriber, gint64 rev);
GPtrArray     *cfd_hub_snapshot     (CfdHub *self, CfdSubscriber *subscriber);
void           cfd_hub_typing       (CfdHub *self, CfdSubscriber *subscriber, const CfTypingParams *params);
void           cfd_hub_viewing      (CfdHub *self, CfdSubscriber *subscriber, const char *conversation_id);
void           cfd_hub_set_presence (CfdHub *self, CfdSubscriber *subscriber, CfPresenceState state);
guint          cfd_hub_test         (CfdHub *self, const CfdCaller *agent);
void           cfd_hub_call         (CfdHub *self, const CfdCaller *visitor, char *const *agents, const char *text);
CfdOnline     *cfd_hub_get_online   (CfdHub *self, const char *organisation_id);
GPtrArray     *cfd_hub_take_looks   (CfdHub *self);
void           cfd_hub_expire       (CfdHub *self, gint64 now);
void           cfd_hub_get_stats    (CfdHub *self, CfdHubStats *out);
void           cfd_hub_free         (CfdHub *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdHub, cfd_hub_free)

G_END_DECLS
