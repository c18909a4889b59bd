/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_DEPARTMENTS_PAGE (cfa_departments_page_get_type ())
G_DECLARE_FINAL_TYPE (CfaDepartmentsPage, cfa_departments_page, CFA, DEPARTMENTS_PAGE, AdwPreferencesPage)

GtkWidget *cfa_departments_page_new (CfaSession *session);

G_END_DECLS
