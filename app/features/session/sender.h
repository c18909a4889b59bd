/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cache/cache.h"
#include "app/connection/socket.h"

G_BEGIN_DECLS

#define CFA_TYPE_SENDER (cfa_sender_get_type ())
G_DECLARE_FINAL_TYPE (CfaSender, cfa_sender, CFA, SENDER, GObject)

/*
 * Carries out the outbox: in order within a conversation, each row as often as it takes, with the ids it was made with.
 * Signals: "changed" (string conversation_id): the rows of that conversation · "delta" (pointer CfaDelta) ·
 * "refused" (pointer CfaOutboxRow, string problem): a write that is no message was refused and is forgotten ·
 * "ended" (string reason): the server says that the sign-in is over.
 */
CfaSender *cfa_sender_new        (CfaCache *cache);
void       cfa_sender_take       (CfaSender *self, GPtrArray *rows);
void       cfa_sender_add        (CfaSender *self, CfaOutboxRow *row);
void       cfa_sender_retry      (CfaSender *self, const char *id);
void       cfa_sender_discard    (CfaSender *self, const char *id);
gboolean   cfa_sender_holds      (CfaSender *self, const char *id);
void       cfa_sender_recall     (CfaSender *self, const char *id);
char      *cfa_sender_forget     (CfaSender *self, const char *id);
void       cfa_sender_set_socket (CfaSender *self, CfaSocket *socket);
GPtrArray *cfa_sender_dup_rows   (CfaSender *self, const char *conversation_id);
guint      cfa_sender_count      (CfaSender *self, gboolean only_messages);

G_END_DECLS
