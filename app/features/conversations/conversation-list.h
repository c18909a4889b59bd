/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "conversation.h"

#include "app/cache/folder.h"

G_BEGIN_DECLS

/* No position: the conversation is not in that inbox, or not in a part of it that is loaded. */
#define CFA_NOWHERE G_MAXUINT

#define CFA_TYPE_CONVERSATION_LIST (cfa_conversation_list_get_type ())
G_DECLARE_FINAL_TYPE (CfaConversationList, cfa_conversation_list, CFA, CONVERSATION_LIST, GObject)

/*
 * GListModel of CfaConversation: one folder, see app/cache/folder.h, kept in order as changes arrive. It knows how long it is, but
 * only the rows around those that were asked for lately are there; one that is asked for and not there yet is "loading", and becomes
 * whole by itself a moment later. What moves far is told as a row that leaves and a row that comes; nearby changes as one.
 * Properties: "loading" boolean (TRUE until the cache has answered) · "unread" uint (conversations
 * with unread messages) · "has-older" boolean (CLOSED: the server has more).
 */
const char *
         cfa_conversation_list_get_folder    (CfaConversationList *self);
CfaOrder cfa_conversation_list_get_order     (CfaConversationList *self);
void     cfa_conversation_list_set_order     (CfaConversationList *self, CfaOrder order);
gboolean cfa_conversation_list_get_loading   (CfaConversationList *self);
guint    cfa_conversation_list_get_unread    (CfaConversationList *self);
gboolean cfa_conversation_list_get_has_older (CfaConversationList *self);
void     cfa_conversation_list_load_older    (CfaConversationList *self);
guint    cfa_conversation_list_find          (CfaConversationList *self, CfaConversation *conversation);
void     cfa_conversation_list_locate_async  (CfaConversationList *self, CfaConversation *conversation,
                                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
guint    cfa_conversation_list_locate_finish (CfaConversationList *self, GAsyncResult *result, GError **error);

G_END_DECLS
