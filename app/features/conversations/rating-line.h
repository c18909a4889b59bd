/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "conversation.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CFA_TYPE_RATING_LINE (cfa_rating_line_get_type ())
G_DECLARE_FINAL_TYPE (CfaRatingLine, cfa_rating_line, CFA, RATING_LINE, GtkBox)

/* How a visitor rated a conversation, and what they added; hidden while they have not. */
GtkWidget *cfa_rating_line_new    (void);
void       cfa_rating_line_update (CfaRatingLine *self, CfaConversation *conversation);

G_END_DECLS
