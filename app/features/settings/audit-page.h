/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_AUDIT_PAGE (cfa_audit_page_get_type ())
G_DECLARE_FINAL_TYPE (CfaAuditPage, cfa_audit_page, CFA, AUDIT_PAGE, AdwPreferencesPage)

GtkWidget *cfa_audit_page_new (CfaSession *session);

G_END_DECLS
