/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void cfa_viewer_faces_show (GtkBox *box, const char *const *names, gboolean room);

G_END_DECLS
