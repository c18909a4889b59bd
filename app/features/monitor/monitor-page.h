/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "live-visitors.h"

G_BEGIN_DECLS

#define CFA_TYPE_MONITOR_PAGE (cfa_monitor_page_get_type ())
G_DECLARE_FINAL_TYPE (CfaMonitorPage, cfa_monitor_page, CFA, MONITOR_PAGE, GtkBox)

/*
 * Who is on the sites now. Property: "folded" boolean, read and write: the sidebar is not beside it.
 * Signal: "opened" (string conversation id): the conversation with a visitor is wanted, an old one or one that has just begun.
 */
void cfa_monitor_page_set_visitors      (CfaMonitorPage *self, CfaSession *session, CfaLiveVisitors *visitors);
void cfa_monitor_page_set_title_buttons (CfaMonitorPage *self, gboolean start, gboolean end);

G_END_DECLS
