/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "conversation.h"
#include "directory.h"

G_BEGIN_DECLS

#define CFA_TYPE_CONVERSATION_ROW (cfa_conversation_row_get_type ())
G_DECLARE_FINAL_TYPE (CfaConversationRow, cfa_conversation_row, CFA, CONVERSATION_ROW, GtkBox)

GtkWidget *cfa_conversation_row_new              (void);
void       cfa_conversation_row_set_conversation (CfaConversationRow *self, CfaConversation *conversation);
void       cfa_conversation_row_refresh          (CfaConversationRow *self);
void       cfa_conversation_row_set_directory    (CfaConversationRow *self, CfaDirectory *directory);
CfaConversation *cfa_conversation_row_get_conversation (CfaConversationRow *self);
void       cfa_conversation_row_set_choice       (CfaConversationRow *self, gboolean choosing, gboolean chosen);

G_END_DECLS
