/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "message-list.h"

G_BEGIN_DECLS

#define CFA_TYPE_MESSAGE_HEAD (cfa_message_head_get_type ())
G_DECLARE_FINAL_TYPE (CfaMessageHead, cfa_message_head, CFA, MESSAGE_HEAD, GtkBox)

/* What stands above the first message: that older ones are loading, why they are not, or that it all began here. */
GtkWidget *cfa_message_head_new          (void);
void       cfa_message_head_set_messages (CfaMessageHead *self, CfaMessageList *messages);

G_END_DECLS
