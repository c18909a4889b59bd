/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/db/changeset.h"

G_BEGIN_DECLS

/**
 * CfdRing:
 * An organisation's last changesets, bounded by number and size: what was published between a peer's
 * reading of the database and its going live is found here.
 */
typedef struct _CfdRing CfdRing;

typedef void (*CfdRingEach) (CfdChangeset *changes, gpointer data);

CfdRing *cfd_ring_new     (guint count_max, gsize bytes_max);
void     cfd_ring_add     (CfdRing *self, CfdChangeset *changes);
gint64   cfd_ring_last    (CfdRing *self);
gboolean cfd_ring_reaches (CfdRing *self, gint64 rev);
void     cfd_ring_after   (CfdRing *self, gint64 rev, CfdRingEach each, gpointer data);
void     cfd_ring_free    (CfdRing *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdRing, cfd_ring_free)

G_END_DECLS
