/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/features/session/session.h"

G_BEGIN_DECLS

#define CFA_TYPE_MACROS_PAGE (cfa_macros_page_get_type ())
G_DECLARE_FINAL_TYPE (CfaMacrosPage, cfa_macros_page, CFA, MACROS_PAGE, AdwPreferencesPage)

GtkWidget *cfa_macros_page_new (CfaSession *session);

G_END_DECLS
