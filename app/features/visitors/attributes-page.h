/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_ATTRIBUTES_PAGE (cfa_attributes_page_get_type ())
G_DECLARE_FINAL_TYPE (CfaAttributesPage, cfa_attributes_page, CFA, ATTRIBUTES_PAGE, AdwPreferencesPage)

/* What the organisation wants to know of its visitors. */
GtkWidget *cfa_attributes_page_new (CfaSession *session);

G_END_DECLS
