/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CFA_TYPE_SNOOZE_POPOVER (cfa_snooze_popover_get_type ())
G_DECLARE_FINAL_TYPE (CfaSnoozePopover, cfa_snooze_popover, CFA, SNOOZE_POPOVER, GtkPopover)

/* Until when, or when? Signal: "chosen" (int64 ms UTC, still to come). */
GtkWidget *cfa_snooze_popover_new              (void);
GtkWidget *cfa_snooze_popover_new_to_send      (gboolean conditions);
void       cfa_snooze_popover_open             (CfaSnoozePopover *self);
gboolean   cfa_snooze_popover_get_unless_reply (CfaSnoozePopover *self);

G_END_DECLS
