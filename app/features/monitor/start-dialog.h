/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/features/session/session.h"
#include "protocol/methods/monitor-params.h"

G_BEGIN_DECLS

#define CFA_TYPE_START_DIALOG (cfa_start_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CfaStartDialog, cfa_start_dialog, CFA, START_DIALOG, AdwWindow)

/* The first words to a visitor. Signal: "started" (string conversation id): the visitor has them. */
GtkWidget *cfa_start_dialog_new (GtkWindow *parent, CfaSession *session, const CfMonitorVisitor *visitor);

G_END_DECLS
