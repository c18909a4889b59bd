/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void cfa_accessible_name_inside (GtkWidget *widget, GType type, const char *name);

void cfa_accessible_name_toasts (AdwToastOverlay *overlay);

G_END_DECLS
