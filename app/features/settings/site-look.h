/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "site-draft.h"

G_BEGIN_DECLS

#define CFA_TYPE_SITE_LOOK (cfa_site_look_get_type ())
G_DECLARE_FINAL_TYPE (CfaSiteLook, cfa_site_look, CFA, SITE_LOOK, AdwPreferencesGroup)

/*
 * How the widget looks on a site.
 */
GtkWidget *cfa_site_look_new (CfaSiteDraft *draft);

G_END_DECLS
