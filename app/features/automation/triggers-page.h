/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_TRIGGERS_PAGE (cfa_triggers_page_get_type ())
G_DECLARE_FINAL_TYPE (CfaTriggersPage, cfa_triggers_page, CFA, TRIGGERS_PAGE, AdwPreferencesPage)

GtkWidget *cfa_triggers_page_new (CfaSession *session);

G_END_DECLS
