/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "placeholders.h"
#include "reply.h"

G_BEGIN_DECLS

#define CFA_TYPE_REPLY_POPOVER (cfa_reply_popover_get_type ())
G_DECLARE_FINAL_TYPE (CfaReplyPopover, cfa_reply_popover, CFA, REPLY_POPOVER, GtkPopover)

/*
 * The canned responses that fit what is being typed, with a look at the chosen one as it would be written. The focus stays where one types.
 * Signal: "chosen" (CfaReply).
 */
GtkWidget *cfa_reply_popover_new          (void);
void       cfa_reply_popover_set_model    (CfaReplyPopover *self, GListModel *canned);
void       cfa_reply_popover_set_values   (CfaReplyPopover *self, const CfaPlaceholderValues *values);
guint      cfa_reply_popover_search       (CfaReplyPopover *self, const char *words);
void       cfa_reply_popover_move         (CfaReplyPopover *self, int by);
CfaReply  *cfa_reply_popover_get_selected (CfaReplyPopover *self);

G_END_DECLS
