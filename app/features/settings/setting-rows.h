/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *cfa_setting_switch (const char *title, const char *subtitle, GtkWidget **control);
GtkWidget *cfa_setting_spin   (const char *title, const char *subtitle, double max, double step, GtkWidget **control);
GtkWidget *cfa_setting_choice (const char *title, const char *const *words);
GtkWidget *cfa_setting_remove (const char *name);

G_END_DECLS
