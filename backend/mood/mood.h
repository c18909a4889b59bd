/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/records/conversation.h"

G_BEGIN_DECLS

/* What the words of a visitor sound like. Rules without I/O; English only, and so cheap that every message pays for it. */

/* So many of the last texts are enough to make a mood anew. */
#define CFD_MOOD_TEXTS 30

int      cfd_mood_read (const char *text, gboolean *known);
gboolean cfd_mood_hear (gint64 *score, CfMood *mood, const char *text);

G_END_DECLS
