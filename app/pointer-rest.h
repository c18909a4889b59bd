/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Where the pointer rests on @widget, in its coordinates. */
typedef void (*CfaPointerRestFunc) (GtkWidget *widget, double x, double y, gpointer data);

void cfa_pointer_rest_attach (GtkWidget *widget, CfaPointerRestFunc func, gpointer data);

G_END_DECLS
