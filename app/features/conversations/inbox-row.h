/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "conversation-list.h"

G_BEGIN_DECLS

#define CFA_TYPE_INBOX_ROW (cfa_inbox_row_get_type ())
G_DECLARE_FINAL_TYPE (CfaInboxRow, cfa_inbox_row, CFA, INBOX_ROW, GtkListBoxRow)

const char *cfa_inbox_name          (CfaInbox inbox);
GtkWidget  *cfa_inbox_row_new       (CfaInbox inbox);
CfaInbox    cfa_inbox_row_get_inbox (CfaInboxRow *self);
void        cfa_inbox_row_set_list  (CfaInboxRow *self, CfaConversationList *list);

G_END_DECLS
