/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/features/session/session.h"

G_BEGIN_DECLS

#define CFA_TYPE_CONVERSATION_PAGE (cfa_conversation_page_get_type ())
G_DECLARE_FINAL_TYPE (CfaConversationPage, cfa_conversation_page, CFA, CONVERSATION_PAGE, GtkBox)

/*
 * A conversation with its thread and composer. Properties, read and write: "narrow" boolean: it is the only pane on screen ·
 * "tight" boolean: the other panes leave little room for a head with a name and two buttons.
 * Signals: "painted": the messages of another conversation stand on the screen.
 */
void             cfa_conversation_page_set_session      (CfaConversationPage *self, CfaSession *session);
void             cfa_conversation_page_set_conversation (CfaConversationPage *self, CfaConversation *conversation);
CfaConversation *cfa_conversation_page_get_conversation (CfaConversationPage *self);
void             cfa_conversation_page_prepare          (CfaConversationPage *self, CfaConversation *conversation);
gboolean         cfa_conversation_page_get_note         (CfaConversationPage *self);
void             cfa_conversation_page_set_note         (CfaConversationPage *self, gboolean note);
void             cfa_conversation_page_submit           (CfaConversationPage *self);
void             cfa_conversation_page_scroll           (CfaConversationPage *self, double pages);
void             cfa_conversation_page_set_title_buttons (CfaConversationPage *self, gboolean start, gboolean end);
void             cfa_conversation_page_transfer         (CfaConversationPage *self);
void             cfa_conversation_page_snooze           (CfaConversationPage *self);
void             cfa_conversation_page_tag              (CfaConversationPage *self);
void             cfa_conversation_page_show_message     (CfaConversationPage *self, const char *id);

G_END_DECLS
