/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void cfa_lost_dialog_open (GtkWindow *parent, const char *name, guint drafts);

G_END_DECLS
