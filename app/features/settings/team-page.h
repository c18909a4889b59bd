/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_TEAM_PAGE (cfa_team_page_get_type ())
G_DECLARE_FINAL_TYPE (CfaTeamPage, cfa_team_page, CFA, TEAM_PAGE, AdwPreferencesPage)

GtkWidget *cfa_team_page_new (CfaSession *session);

G_END_DECLS
