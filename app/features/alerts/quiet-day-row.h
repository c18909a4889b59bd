/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "alert-settings.h"

G_BEGIN_DECLS

GtkWidget *cfa_quiet_day_row_new (CfaAlertSettings *settings, guint day);

G_END_DECLS
