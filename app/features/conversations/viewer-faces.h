/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void cfa_viewer_faces_show (GtkBox *box, CfaSession *session, CfaConversation *conversation, gboolean room);

G_END_DECLS
