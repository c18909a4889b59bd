/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "message.h"
#include "thread-layout.h"

#include "app/features/session/session.h"

G_BEGIN_DECLS

#define CFA_TYPE_MESSAGE_ROW (cfa_message_row_get_type ())
G_DECLARE_FINAL_TYPE (CfaMessageRow, cfa_message_row, CFA, MESSAGE_ROW, GtkBox)

GtkWidget  *cfa_message_row_new          (CfaMessage *message, CfaSession *session);
CfaMessage *cfa_message_row_get_message  (CfaMessageRow *self);
void        cfa_message_row_set_message  (CfaMessageRow *self, CfaMessage *message);
void        cfa_message_row_set_place    (CfaMessageRow *self, CfaThreadPlace place);
void        cfa_message_row_set_delivery (CfaMessageRow *self, gboolean delivery);
void        cfa_message_row_set_new      (CfaMessageRow *self, gboolean begins);
void        cfa_message_row_refresh_day  (CfaMessageRow *self);
void        cfa_message_row_set_quote    (CfaMessageRow *self, CfaMessage *quoted);
void        cfa_message_row_flash        (CfaMessageRow *self);

G_END_DECLS
