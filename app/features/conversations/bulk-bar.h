/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CFA_TYPE_BULK_BAR (cfa_bulk_bar_get_type ())
G_DECLARE_FINAL_TYPE (CfaBulkBar, cfa_bulk_bar, CFA, BULK_BAR, GtkBox)

/*
 * What can be done with the conversations that are chosen. While it is done it shows how far it is and can be cancelled; then one toast
 * takes all of it back. Signal: "acted" (): they need not be chosen any longer.
 */
void cfa_bulk_bar_set_session (CfaBulkBar *self, CfaSession *session);
void cfa_bulk_bar_set_chosen  (CfaBulkBar *self, GPtrArray *chosen);

G_END_DECLS
