/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "alert-event.h"

G_BEGIN_DECLS

#define CFA_ALERT_TITLE_MAX 60
#define CFA_ALERT_BODY_MAX  180

char *cfa_alert_text_line  (const char *text, guint max);
char *cfa_alert_text_title (const CfaAlertEvent *event);
char *cfa_alert_text_body  (const CfaAlertEvent *event, gboolean previews, gint64 now);
char *cfa_alert_text_group (guint n_conversations, guint n_messages);

G_END_DECLS
