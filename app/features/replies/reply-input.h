/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "placeholders.h"
#include "reply.h"

G_BEGIN_DECLS

#define CFA_TYPE_REPLY_INPUT (cfa_reply_input_get_type ())
G_DECLARE_FINAL_TYPE (CfaReplyInput, cfa_reply_input, CFA, REPLY_INPUT, GObject)

/*
 * Canned responses in a text view: "/" at the beginning of a line, or Ctrl+/, looks for them; what could not be filled in stands out.
 * Signal: "used" (CfaReply).
 */
CfaReplyInput *cfa_reply_input_new        (GtkTextView *view);
void           cfa_reply_input_set_model  (CfaReplyInput *self, GListModel *canned);
void           cfa_reply_input_set_values (CfaReplyInput *self, const CfaPlaceholderValues *values);
gboolean       cfa_reply_input_key        (CfaReplyInput *self, guint key, GdkModifierType modifiers);
void           cfa_reply_input_changed    (CfaReplyInput *self, gboolean typed);
void           cfa_reply_input_close      (CfaReplyInput *self);
char         **cfa_reply_input_dup_gaps   (CfaReplyInput *self);
void           cfa_reply_input_choose_gap (CfaReplyInput *self);

G_END_DECLS
