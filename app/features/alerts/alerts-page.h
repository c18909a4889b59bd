/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/features/session/session.h"

G_BEGIN_DECLS

#define CFA_TYPE_ALERTS_PAGE (cfa_alerts_page_get_type ())
G_DECLARE_FINAL_TYPE (CfaAlertsPage, cfa_alerts_page, CFA, ALERTS_PAGE, AdwPreferencesPage)

GtkWidget *cfa_alerts_page_new (CfaSession *session);

G_END_DECLS
