/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_ACCOUNT_PAGE (cfa_account_page_get_type ())
G_DECLARE_FINAL_TYPE (CfaAccountPage, cfa_account_page, CFA, ACCOUNT_PAGE, AdwPreferencesPage)

GtkWidget *cfa_account_page_new (CfaSession *session);

G_END_DECLS
