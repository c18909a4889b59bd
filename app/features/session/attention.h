/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sender.h"

#include "app/features/conversations/conversation.h"

#include "protocol/methods/signal.h"

G_BEGIN_DECLS

/**
 * CfaAttention:
 * What the person is at right now: what stands in composers, what they have just read, where they type. Gathers many small
 * changes into few writes.
 */
typedef struct _CfaAttention CfaAttention;

CfaAttention *cfa_attention_new        (CfaCache *cache, CfaSender *sender);
void          cfa_attention_free       (CfaAttention *self);
void          cfa_attention_set_socket (CfaAttention *self, CfaSocket *socket);
void          cfa_attention_draft      (CfaAttention *self, CfaConversation *conversation, const char *text, gboolean note);
void          cfa_attention_sent       (CfaAttention *self, CfaConversation *conversation, gboolean note);
void          cfa_attention_read       (CfaAttention *self, CfaConversation *conversation);
void          cfa_attention_typing     (CfaAttention *self, const char *id, gboolean active);
void          cfa_attention_viewing    (CfaAttention *self, const char *id);

G_END_DECLS
