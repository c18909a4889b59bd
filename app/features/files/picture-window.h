/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "attachment.h"

G_BEGIN_DECLS

#define CFA_TYPE_PICTURE_WINDOW (cfa_picture_window_get_type ())
G_DECLARE_FINAL_TYPE (CfaPictureWindow, cfa_picture_window, CFA, PICTURE_WINDOW, AdwWindow)

/* A picture, as large as there is room. Signals: "open", "save": what the person asks for. */
GtkWidget *cfa_picture_window_new (GtkWindow *parent, CfaAttachment *attachment);

G_END_DECLS
