/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/conversations/conversation-page.h"
#include "app/features/conversations/inbox-page.h"
#include "app/features/conversations/visitor-pane.h"
#include "app/features/team-chat/channel-page.h"
#include "window.h"

G_BEGIN_DECLS

/* What the window's actions act on. */
CfaSession          *cfa_window_get_session           (CfaWindow *self); /* nullable */
CfaConversationPage *cfa_window_get_conversation_page (CfaWindow *self);
CfaInboxPage        *cfa_window_get_inbox_page        (CfaWindow *self);
CfaChannelPage      *cfa_window_get_channel_page      (CfaWindow *self);
CfaVisitorPane      *cfa_window_get_visitor_pane      (CfaWindow *self);
AdwToastOverlay     *cfa_window_get_toasts            (CfaWindow *self);

G_END_DECLS
