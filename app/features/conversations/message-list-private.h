/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "message-list.h"

G_BEGIN_DECLS

CfaMessageList *cfa_message_list_new           (const char *agent_id, const char *agent_name);
void            cfa_message_list_add_page      (CfaMessageList *self, GPtrArray *records);
void            cfa_message_list_add_new       (CfaMessageList *self, GPtrArray *records);
void            cfa_message_list_set_writes    (CfaMessageList *self, GPtrArray *writes);
void            cfa_message_list_set_seen      (CfaMessageList *self, gint64 position);
void            cfa_message_list_set_loading   (CfaMessageList *self, gboolean loading);
void            cfa_message_list_set_has_older (CfaMessageList *self, gboolean has_older);
void            cfa_message_list_set_error     (CfaMessageList *self, const char *error);
void            cfa_message_list_get_oldest    (CfaMessageList *self, gint64 *position, const char **id);

G_END_DECLS
