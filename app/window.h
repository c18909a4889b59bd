/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/features/session/sign-in-file.h"

G_BEGIN_DECLS

#define CFA_TYPE_WINDOW (cfa_window_get_type ())
G_DECLARE_FINAL_TYPE (CfaWindow, cfa_window, CFA, WINDOW, AdwApplicationWindow)

GtkWidget *cfa_window_new   (GtkApplication *application);
void       cfa_window_start (CfaWindow *self, CfaSignInFile *file);
void       cfa_window_open_invite (CfaWindow *self, const char *link);
gboolean   cfa_window_is_empty    (CfaWindow *self);

G_END_DECLS
