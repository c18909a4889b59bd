/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_SITES_PAGE (cfa_sites_page_get_type ())
G_DECLARE_FINAL_TYPE (CfaSitesPage, cfa_sites_page, CFA, SITES_PAGE, AdwPreferencesPage)

GtkWidget *cfa_sites_page_new (CfaSession *session);

G_END_DECLS
