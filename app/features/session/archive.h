/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cache/cache.h"
#include "app/connection/socket.h"
#include "app/features/conversations/conversations.h"

G_BEGIN_DECLS

#define CFA_TYPE_ARCHIVE (cfa_archive_get_type ())
G_DECLARE_FINAL_TYPE (CfaArchive, cfa_archive, CFA, ARCHIVE, GObject)

/*
 * Fetches what the bounded first copy has left out: closed conversations further back, and the visitor of one that came in alone.
 * Signal: "delta" (pointer CfaDelta).
 */
CfaArchive *cfa_archive_new        (CfaCache *cache, CfaConversations *conversations);
void        cfa_archive_set_socket (CfaArchive *self, CfaSocket *socket);
void        cfa_archive_reset      (CfaArchive *self);
void        cfa_archive_complete   (CfaArchive *self, CfaConversation *conversation);

G_END_DECLS
