/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_ERASING_WINDOW (cfa_erasing_window_get_type ())
G_DECLARE_FINAL_TYPE (CfaErasingWindow, cfa_erasing_window, CFA, ERASING_WINDOW, AdwWindow)

/* Asks the server to erase a person and shows how far that is. It goes on there when the window is closed. */
void cfa_erasing_window_open (GtkWidget *from, CfaSession *session, const char *visitor_id, const char *title);

G_END_DECLS
