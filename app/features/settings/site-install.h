/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "site-draft.h"

G_BEGIN_DECLS

#define CFA_TYPE_SITE_INSTALL (cfa_site_install_get_type ())
G_DECLARE_FINAL_TYPE (CfaSiteInstall, cfa_site_install, CFA, SITE_INSTALL, AdwPreferencesGroup)

GtkWidget *cfa_site_install_new (CfaSiteDraft *draft);

G_END_DECLS
