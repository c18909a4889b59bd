/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void cfa_text_marks_toggle (GtkTextBuffer *buffer, const char *mark);

G_END_DECLS
