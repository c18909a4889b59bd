/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

char      *cfa_snippet_new       (const char *server, const char *key);
GtkWidget *cfa_snippet_new_label (void);

G_END_DECLS
