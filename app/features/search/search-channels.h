/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/team-chat/channel-list.h"
#include "search-hit.h"

G_BEGIN_DECLS

GPtrArray *cfa_search_channels_find (const char *text, CfaChannelList *channels);

G_END_DECLS
