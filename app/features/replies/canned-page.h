/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/features/session/session.h"

G_BEGIN_DECLS

#define CFA_TYPE_CANNED_PAGE (cfa_canned_page_get_type ())
G_DECLARE_FINAL_TYPE (CfaCannedPage, cfa_canned_page, CFA, CANNED_PAGE, AdwPreferencesPage)

GtkWidget *cfa_canned_page_new (CfaSession *session);

G_END_DECLS
