/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_GOALS_PAGE (cfa_goals_page_get_type ())
G_DECLARE_FINAL_TYPE (CfaGoalsPage, cfa_goals_page, CFA, GOALS_PAGE, AdwPreferencesPage)

GtkWidget *cfa_goals_page_new (CfaSession *session);

G_END_DECLS
