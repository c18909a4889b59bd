/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/features/monitor/live-visitors.h"
#include "app/features/session/session.h"

G_BEGIN_DECLS

#define CFA_TYPE_INBOX_SIDEBAR (cfa_inbox_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (CfaInboxSidebar, cfa_inbox_sidebar, CFA, INBOX_SIDEBAR, GtkBox)

void cfa_inbox_sidebar_set_session       (CfaInboxSidebar *self, CfaSession *session, CfaLiveVisitors *visitors);
void cfa_inbox_sidebar_set_folder        (CfaInboxSidebar *self, const char *folder);
void cfa_inbox_sidebar_set_channel       (CfaInboxSidebar *self, const char *id);
void cfa_inbox_sidebar_open_menu         (CfaInboxSidebar *self);
void cfa_inbox_sidebar_set_title_buttons (CfaInboxSidebar *self, gboolean start, gboolean end);

G_END_DECLS
