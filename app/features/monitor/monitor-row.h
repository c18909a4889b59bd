/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "live-visitor.h"

G_BEGIN_DECLS

#define CFA_TYPE_MONITOR_ROW (cfa_monitor_row_get_type ())
G_DECLARE_FINAL_TYPE (CfaMonitorRow, cfa_monitor_row, CFA, MONITOR_ROW, GtkBox)

GtkWidget *cfa_monitor_row_new         (void);
void       cfa_monitor_row_set_visitor (CfaMonitorRow *self, CfaLiveVisitor *visitor);
void       cfa_monitor_row_refresh     (CfaMonitorRow *self);

G_END_DECLS
