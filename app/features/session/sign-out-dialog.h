/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session.h"

G_BEGIN_DECLS

/* Signs out, and asks first when something would be lost. */
void cfa_sign_out_dialog_ask (GtkWindow *parent, CfaSession *session, gboolean everywhere, GAsyncReadyCallback callback);

G_END_DECLS
