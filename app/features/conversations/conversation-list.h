/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "conversation.h"

G_BEGIN_DECLS

typedef enum
{
  CFA_INBOX_MINE,       /* open, assigned to the signed-in agent */
  CFA_INBOX_UNASSIGNED, /* open, nobody's */
  CFA_INBOX_ALL,        /* all open */
  CFA_INBOX_CLOSED,
} CfaInbox;

#define CFA_TYPE_CONVERSATION_LIST (cfa_conversation_list_get_type ())
G_DECLARE_FINAL_TYPE (CfaConversationList, cfa_conversation_list, CFA, CONVERSATION_LIST, GObject)

/*
 * GListModel of CfaConversation: one inbox, newest last message first, kept in order as changes arrive; one
 * items-changed per change. Properties: "loading" boolean (TRUE until the cache has answered) · "unread" uint (conversations
 * with unread messages) · "inbox" int · "has-older" boolean (CLOSED: the server has more).
 */
CfaInbox cfa_conversation_list_get_inbox     (CfaConversationList *self);
gboolean cfa_conversation_list_get_loading   (CfaConversationList *self);
guint    cfa_conversation_list_get_unread    (CfaConversationList *self);
gboolean cfa_conversation_list_get_has_older (CfaConversationList *self);
void     cfa_conversation_list_load_older    (CfaConversationList *self);

G_END_DECLS
