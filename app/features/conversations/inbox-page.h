/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/features/session/session.h"

G_BEGIN_DECLS

#define CFA_TYPE_INBOX_PAGE (cfa_inbox_page_get_type ())
G_DECLARE_FINAL_TYPE (CfaInboxPage, cfa_inbox_page, CFA, INBOX_PAGE, GtkBox)

/*
 * An inbox, or what a search has found. Property: "folded" boolean, read and write: the sidebar is not beside it.
 * Signals: "selected" (CfaConversation), when the selection moves there · "opened" (CfaConversation), by click, Enter or a step ·
 * "all-read": there is no next unread one · "near" (CfaConversation), when asked for, and when the pointer rests on it: it
 * may be opened next.
 */
void     cfa_inbox_page_set_session       (CfaInboxPage *self, CfaSession *session);
void     cfa_inbox_page_set_folder        (CfaInboxPage *self, const char *folder);
void     cfa_inbox_page_set_current       (CfaInboxPage *self, CfaConversation *conversation);
void     cfa_inbox_page_step              (CfaInboxPage *self, int step);
void     cfa_inbox_page_open_next_unread  (CfaInboxPage *self);
void     cfa_inbox_page_foresee           (CfaInboxPage *self);
void     cfa_inbox_page_set_title_buttons (CfaInboxPage *self, gboolean start, gboolean end);
void     cfa_inbox_page_offer_steps       (CfaInboxPage *self, gboolean offered);

G_END_DECLS
