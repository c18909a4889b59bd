/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "message.h"

G_BEGIN_DECLS

#define CFA_TYPE_MESSAGE_LIST (cfa_message_list_get_type ())
G_DECLARE_FINAL_TYPE (CfaMessageList, cfa_message_list, CFA, MESSAGE_LIST, GObject)

/*
 * GListModel of CfaMessage: one conversation's messages, oldest first, the ones still sending at the end. It begins with the
 * newest page of the cache and grows upward by cfa_message_list_load_older(), from the cache first and then from the server.
 * Properties: "loading" boolean · "has-older" boolean · "error" string (nullable: why the last load failed, and what to do).
 */
gboolean    cfa_message_list_get_loading   (CfaMessageList *self);
gboolean    cfa_message_list_get_has_older (CfaMessageList *self);
const char *cfa_message_list_get_error     (CfaMessageList *self);
void        cfa_message_list_load_older    (CfaMessageList *self);
CfaMessage *cfa_message_list_find          (CfaMessageList *self, const char *id);

G_END_DECLS
