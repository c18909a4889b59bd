/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "message-list.h"

#include "app/features/session/session.h"

G_BEGIN_DECLS

#define CFA_TYPE_MESSAGE_VIEW (cfa_message_view_get_type ())
G_DECLARE_FINAL_TYPE (CfaMessageView, cfa_message_view, CFA, MESSAGE_VIEW, GtkWidget)

/*
 * A conversation's messages in a GtkScrolledWindow, which never move under the reader's eyes: while the end is in sight new
 * messages scroll in; otherwise the first row in sight keeps its place, whatever is added, changed or rewrapped around it.
 * Properties (read-only, notified): "at-end" boolean · "unseen" uint (messages of others that came while the end was out of sight).
 */
void     cfa_message_view_set_session   (CfaMessageView *self, CfaSession *session);
void     cfa_message_view_set_messages  (CfaMessageView *self, CfaMessageList *messages, guint unread);
void     cfa_message_view_visit         (CfaMessageView *self, guint unread);
gboolean cfa_message_view_get_at_end    (CfaMessageView *self);
guint    cfa_message_view_get_unseen    (CfaMessageView *self);
void     cfa_message_view_scroll_to_end (CfaMessageView *self);
void     cfa_message_view_scroll_by     (CfaMessageView *self, double pages);
char    *cfa_message_view_dup_anchor    (CfaMessageView *self, double *offset);
void     cfa_message_view_set_anchor    (CfaMessageView *self, const char *id, double offset);
void     cfa_message_view_refresh_days  (CfaMessageView *self);
void     cfa_message_view_seek          (CfaMessageView *self, const char *id);

G_END_DECLS
