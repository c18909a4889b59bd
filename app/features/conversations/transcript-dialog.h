/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/features/session/session.h"

G_BEGIN_DECLS

void cfa_transcript_dialog_open (GtkWidget *parent, CfaSession *session, CfaConversation *conversation);

G_END_DECLS
