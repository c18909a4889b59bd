/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "place.h"

#include "protocol/records/saved-view.h"

G_BEGIN_DECLS

/* What a saved view shows. It holds no state. */
gboolean cfa_view_shows (const CfSavedView *view, const CfaPlace *place, const char *agent_id, gint64 now);

G_END_DECLS
