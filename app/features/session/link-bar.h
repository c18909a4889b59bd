/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session.h"

G_BEGIN_DECLS

#define CFA_TYPE_LINK_BAR (cfa_link_bar_get_type ())
G_DECLARE_FINAL_TYPE (CfaLinkBar, cfa_link_bar, CFA, LINK_BAR, GtkBox)

/* Says how the connection is, while there is something to say. */
void cfa_link_bar_set_session (CfaLinkBar *self, CfaSession *session);

G_END_DECLS
