/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include "protocol/records/saved-view.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A small window in which a saved view is made or changed. */
void cfa_view_dialog_make   (GtkWidget *parent, CfaSession *session, const char *folder);
void cfa_view_dialog_change (GtkWidget *parent, CfaSession *session, const char *id);

G_END_DECLS
