/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include "protocol/methods/saved-view-params.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What can be done with the saved views in the sidebar. */
CfViewAddParams *cfa_view_add_params    (const char *id, const CfSavedView *view);
gpointer         cfa_view_update_params (const char *id, const CfSavedView *view);
gint64           cfa_view_next_place    (CfaDirectory *directory, gboolean shared);
gboolean         cfa_view_may_change    (CfaSession *session, const char *id);
gboolean         cfa_view_is_shared     (CfaDirectory *directory, const char *id);
void             cfa_view_move          (GtkWidget *widget, CfaSession *session, const char *id, int step);
void             cfa_view_move_to       (GtkWidget *widget, CfaSession *session, const char *id, const char *onto);
void             cfa_view_share         (GtkWidget *widget, CfaSession *session, const char *id);
void             cfa_view_remove        (GtkWidget *widget, CfaSession *session, const char *id);

G_END_DECLS
