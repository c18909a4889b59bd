/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void cfa_accessible_name_inside (GtkWidget *widget, GType type, const char *name);

G_END_DECLS
