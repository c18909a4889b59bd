/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "message-list.h"

#include "app/cache/cache.h"
#include "app/connection/socket.h"

G_BEGIN_DECLS

#define CFA_TYPE_HISTORY (cfa_history_get_type ())
G_DECLARE_FINAL_TYPE (CfaHistory, cfa_history, CFA, HISTORY, GObject)

/*
 * Fills one message list upward, from the cache first and then from the server.
 * Signal: "delta" (pointer CfaDelta): what the server's pages have changed in the cache.
 */
CfaHistory     *cfa_history_new        (CfaCache *cache, CfaMessageList *list, const CfShape *shape, const char *conversation_id, guint unread);
CfaMessageList *cfa_history_get_list   (CfaHistory *self);
void            cfa_history_set_socket (CfaHistory *self, CfaSocket *socket);
void            cfa_history_load       (CfaHistory *self);

G_END_DECLS
