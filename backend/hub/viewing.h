/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subscriber.h"

G_BEGIN_DECLS

typedef struct _CfdRoom CfdRoom;

/**
 * CfdViewing:
 * Which agent looks at which of one organisation's conversations. Told to the other staff a few times a second at most, and only what is
 * still so by then.
 */
typedef struct _CfdViewing CfdViewing;

CfdViewing *cfd_viewing_new      (CfdRoom *room);
void        cfd_viewing_set      (CfdViewing *self, const CfdSubscriber *subscriber, const char *conversation_id);
void        cfd_viewing_snapshot (CfdViewing *self, const CfdCaller *caller, GPtrArray *signals);
void        cfd_viewing_free     (CfdViewing *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdViewing, cfd_viewing_free)

G_END_DECLS
