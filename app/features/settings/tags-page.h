/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_TAGS_PAGE (cfa_tags_page_get_type ())
G_DECLARE_FINAL_TYPE (CfaTagsPage, cfa_tags_page, CFA, TAGS_PAGE, AdwPreferencesPage)

GtkWidget *cfa_tags_page_new (CfaSession *session);

G_END_DECLS
