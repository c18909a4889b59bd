/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Conversations that call nobody at this computer for a while. */
void     cfa_mute_conversation (const char *conversation_id, const char *span);
gboolean cfa_mute_is_on        (const char *conversation_id);

G_END_DECLS
