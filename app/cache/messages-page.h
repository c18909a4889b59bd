/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfaMessagesPage:
 * A piece of a conversation's history from the cache.
 */
typedef struct
{
  GPtrArray *messages; /* of CfMessage, newest first */
  gboolean complete;   /* nothing older exists, here or on the server */
} CfaMessagesPage;

void cfa_messages_page_free (CfaMessagesPage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfaMessagesPage, cfa_messages_page_free)

G_END_DECLS
