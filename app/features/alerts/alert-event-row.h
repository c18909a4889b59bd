/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "alert-settings.h"

#include "app/desktop/sounds.h"

G_BEGIN_DECLS

GtkWidget *cfa_alert_event_row_new (CfaAlertSettings *settings, CfaSounds *sounds, CfaAlertKind kind);

G_END_DECLS
