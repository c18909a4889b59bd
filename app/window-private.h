/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/conversations/conversation-page.h"
#include "window.h"

G_BEGIN_DECLS

/* What the window's actions act on. */
CfaSession          *cfa_window_get_session           (CfaWindow *self); /* nullable */
CfaConversationPage *cfa_window_get_conversation_page (CfaWindow *self);
AdwToastOverlay     *cfa_window_get_toasts            (CfaWindow *self);

G_END_DECLS
