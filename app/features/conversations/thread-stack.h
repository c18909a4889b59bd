/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "message-view.h"

#include "app/features/session/session.h"

G_BEGIN_DECLS

#define CFA_TYPE_THREAD_STACK (cfa_thread_stack_get_type ())
G_DECLARE_FINAL_TYPE (CfaThreadStack, cfa_thread_stack, CFA, THREAD_STACK, GtkWidget)

/*
 * The threads of a few conversations, one of them shown: the last ones, as they were left, and those that may be wanted next, laid out before anybody
 * asks for them. The others follow what happens in their conversations, and are neither mapped nor told of to screen readers.
 * Signals: "changed" (what the shown view says of itself) · "painted" (the first frame with the conversation's messages, after each change of it).
 */
void            cfa_thread_stack_set_session  (CfaThreadStack *self, CfaSession *session);
CfaMessageList *cfa_thread_stack_show         (CfaThreadStack *self, CfaConversation *conversation);
void            cfa_thread_stack_prepare      (CfaThreadStack *self, CfaConversation *conversation);
void            cfa_thread_stack_clear        (CfaThreadStack *self);
CfaMessageView *cfa_thread_stack_get_view     (CfaThreadStack *self);
void            cfa_thread_stack_refresh_days (CfaThreadStack *self);

G_END_DECLS
