/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "reply.h"

G_BEGIN_DECLS

#define CFA_TYPE_REPLY_ROW (cfa_reply_row_get_type ())
G_DECLARE_FINAL_TYPE (CfaReplyRow, cfa_reply_row, CFA, REPLY_ROW, GtkBox)

GtkWidget *cfa_reply_row_new  (void);
void       cfa_reply_row_bind (CfaReplyRow *self, CfaReply *reply);

G_END_DECLS
