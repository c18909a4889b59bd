/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/features/session/session.h"

G_BEGIN_DECLS

#define CFA_TYPE_CHANNEL_DIALOG (cfa_channel_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CfaChannelDialog, cfa_channel_dialog, CFA, CHANNEL_DIALOG, AdwWindow)

/*
 * Asks with whom to talk, or changes a group, and opens it in its parent, which has the action "win.channel".
 */
CfaChannelDialog *cfa_channel_dialog_new (GtkWindow *parent, CfaSession *session, CfaChannel *channel);

G_END_DECLS
